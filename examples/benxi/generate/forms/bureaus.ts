/** Forms about stores, bases, farms, projects, land and users: one file or more of each bureau. */
import type { Register } from '../register.ts';
import { Bureaus } from './bureau.ts';
import { commerceFiles, taxFile } from './commerce.ts';
import { landFiles, otherFiles, planningFile } from './estate.ts';
import { bankFile, farmingFile } from './farming.ts';
import { industryFiles } from './industry.ts';
import type { File } from './mapping.ts';

/** The files of the bureaus beside those about market entities. */
export function bureauFiles(register: Register): File[] {
  const b = new Bureaus(register);
  return [
    ...commerceFiles(b),
    taxFile(b),
    farmingFile(b),
    bankFile(b),
    ...industryFiles(b),
    planningFile(b),
    ...landFiles(b),
    ...otherFiles(b),
  ];
}
