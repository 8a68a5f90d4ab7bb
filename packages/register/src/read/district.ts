/** Districts by name, short name and code. Source: GB/T 2260; 高新区 is no division and has none. */

interface District {
  readonly code: string;
  readonly name: string;
  readonly alias: string;
}

const DISTRICTS: readonly District[] = [
  { code: '210500', name: '本溪市', alias: '本溪' },
  { code: '210502', name: '平山区', alias: '平山' },
  { code: '210503', name: '溪湖区', alias: '溪湖' },
  { code: '210504', name: '明山区', alias: '明山' },
  { code: '210505', name: '南芬区', alias: '南芬' },
  { code: '210521', name: '本溪满族自治县', alias: '本溪县' },
  { code: '210522', name: '桓仁满族自治县', alias: '桓仁县' },
  { code: '', name: '本溪高新技术产业开发区', alias: '高新区' },
];

/** Other ways to write one: for each option of a column that is a district. */
export function districtWords(options: readonly string[]): ReadonlyMap<string, string> | undefined {
  const words = new Map<string, string>();
  let found = 0;
  for (const { code, name, alias } of DISTRICTS) {
    const option = options.find((o) => o === name || o === alias);
    if (option === undefined) continue;
    found++;
    for (const word of [name, alias, code]) if (word !== '') words.set(word, option);
  }
  return found >= 3 ? words : undefined;
}

/** `辽宁省本溪市平山区` is 平山区. */
export function withoutParents(text: string): string {
  return text.replace(/^(?:辽宁省?)?(?:本溪市(?=.))?/u, '');
}
