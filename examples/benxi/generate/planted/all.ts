/** All planted subjects. */
import { commercePlanted } from './commerce.ts';
import { farmingPlanted } from './farming.ts';
import { industryPlanted } from './industry.ts';
import { jobFirms } from './jobs.ts';
import type { Planted } from './planted.ts';
import { tradeFirms } from './trade.ts';

export const planted: readonly Planted[] = [
  ...tradeFirms,
  ...jobFirms,
  ...commercePlanted,
  ...farmingPlanted,
  ...industryPlanted,
];
