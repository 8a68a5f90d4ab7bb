/** Everything of one synthetic register: subjects, files, what an import must read of them. */
import { addCommerce } from './commerce.ts';
import { addEstate } from './estate.ts';
import { addFarming } from './farming.ts';
import { Names, company, cooperative, household, organisation } from './firm.ts';
import type { Firm } from './firm.ts';
import { bureauFiles } from './forms/bureaus.ts';
import { layOut } from './forms/form.ts';
import type { LaidOut, Placed, Row } from './forms/form.ts';
import type { File } from './forms/mapping.ts';
import { registryFiles } from './forms/registry.ts';
import { addIndustry } from './industry.ts';
import { addInsurance } from './insured.ts';
import { planted } from './planted/all.ts';
import { Chance } from './random.ts';
import { factsOf } from './register.ts';
import type { Register } from './register.ts';
import { slips } from './slips.ts';
import { addTrade } from './trade.ts';

export interface Laid extends File {
  readonly sheets: readonly LaidOut[];
}

export interface Synthetic {
  /** All that is so, whoever knows it. */
  readonly truth: Register;
  readonly files: readonly Laid[];
  /** What is known when every file has been imported. */
  readonly imported: Register;
  readonly placed: readonly (Placed & { readonly file: string })[];
}

/** Of a hundred market entities. */
const COMPANIES = 52;
const COOPERATIVES = 6;

function ordinaryFirms(seed: string, count: number): Firm[] {
  const c = new Chance(seed, 'firms');
  const names = new Names();
  const firms: Firm[] = [];
  const companies = Math.trunc((count * COMPANIES) / 100);
  const cooperatives = Math.trunc((count * COOPERATIVES) / 100);
  for (let i = 0; i < count; i++) {
    const serial = i + 1;
    if (i < companies) firms.push(company(c, names, serial));
    else if (i < companies + cooperatives) firms.push(cooperative(c, names, serial));
    else firms.push(household(c, names, serial));
  }
  for (let i = 0; i < Math.max(4, Math.trunc(count / 125)); i++) {
    firms.push(organisation(c, names, count + 1 + i));
  }
  const insurance = new Chance(seed, 'insurance');
  const trade = new Chance(seed, 'trade');
  for (const firm of firms) {
    addInsurance(insurance, firm);
    addTrade(trade, firm.facts);
  }
  return firms;
}

const KINDS: Readonly<Record<string, Firm['kind']>> = {
  '91': '企业',
  '92': '个体工商户',
  '93': '农民专业合作社',
};

function plantedFirms(): Firm[] {
  return planted
    .filter((p) => p.table === '企业')
    .map(({ id, facts, shown = {} }) => ({
      id,
      facts,
      shown,
      kind: KINDS[id.slice(0, 2)] ?? '其他组织',
    }));
}

/** Farmers stand in the register of farm operators with a number of their own. */
function addFarmers(register: Register): void {
  ['赵家堡子赵某家庭农场', '沙尖子孙某种植户'].forEach((name, i) => {
    factsOf(register, '农业主体', `NH21052200${i + 1}`)['名称'] = `${name}（合成）`;
  });
}

function subjects(seed: string, count: number): { truth: Register; firms: Firm[] } {
  const truth: Register = new Map();
  const ordinary = ordinaryFirms(seed, count);
  const companies = ordinary.filter((f) => f.kind === '企业');
  const operators = ordinary.filter((f) => f.kind === '农民专业合作社');
  addCommerce(new Chance(seed, 'commerce'), truth, companies, 170);
  addFarming(new Chance(seed, 'farming'), truth, operators);
  addIndustry(new Chance(seed, 'industry'), truth, companies);
  addEstate(new Chance(seed, 'estate'), truth, companies);
  addFarmers(truth);
  for (const { table, id, facts } of planted) Object.assign(factsOf(truth, table, id), facts);
  const firms = [...ordinary, ...plantedFirms()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  for (const { id, facts } of firms)
    truth.set('企业', (truth.get('企业') ?? new Map()).set(id, facts));
  return { truth, firms };
}

function importOf(files: readonly Laid[]): Register {
  const imported: Register = new Map();
  for (const { sheets } of files) {
    for (const { table, id, facts } of sheets.flatMap((s) => s.read)) {
      Object.assign(factsOf(imported, table, id), facts);
    }
  }
  return imported;
}

/** The register of `count` market entities and of the planted ones. */
export function build(seed: string, count: number): Synthetic {
  const { truth, firms } = subjects(seed, count);
  const operators: Row[] = [...(truth.get('农业主体') ?? [])].map(([id, facts]) => ({ id, facts }));
  const withCode = firms.map((f) => ({ ...f, facts: { ...f.facts, 统一社会信用代码: f.id } }));
  const list = operators.map(({ id, facts }) => ({
    id,
    facts: { ...facts, 统一社会信用代码: id },
  }));
  const files = [...registryFiles(withCode, list), ...bureauFiles(truth)].map((file): Laid => ({
    ...file,
    sheets: file.forms.map((form) => layOut(form, slips)),
  }));
  const placed = files.flatMap(({ file, sheets }) =>
    sheets.flatMap((s) => s.placed.map((p) => ({ ...p, file }))),
  );
  return { truth, files, imported: importOf(files), placed };
}
