/** Chinese names of a package in the reader's language; in Chinese each name is itself. */
export interface Naming {
  item(name: string): string;
  cap(name: string): string;
  gate(name: string): string;
  unit(name: string): string;
  entity(name: string): string;
  /** `企业.月限上零售额`. */
  fact(path: string): string;
}
