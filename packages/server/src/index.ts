export const name: string = '@zhida/server';
