/** Codes of the planted cooperatives. */
import { firmCode } from './firm.ts';

export const COUNTY = '桓仁满族自治县';

export const operatorCode = (n: number): string => firmCode(n, '93', COUNTY);
