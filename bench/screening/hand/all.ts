// Everyone who is screened; persons are decided on their own application.
import { COMMERCE } from './commerce.ts';
import { ENTERPRISE } from './enterprise.ts';
import { FARMING } from './farming.ts';
import type { Hand } from './hand.ts';
import { INDUSTRY } from './industry.ts';
import { RIGHTS } from './rights.ts';

export const HANDS: readonly Hand[] = [ENTERPRISE, ...COMMERCE, ...FARMING, ...INDUSTRY, ...RIGHTS];
