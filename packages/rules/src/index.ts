export const name: string = '@zhida/rules';
