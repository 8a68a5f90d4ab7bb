// feelin (bpmn-io): FEEL texts. Its interface takes a text and parses it at every call, so one
// context with an entry per scheme is evaluated in one call. FEEL is three-valued where `and` and
// `or` are; `if` on null takes the other branch, and `null in (…)` is false.
import { evaluate } from 'feelin';
import type { RuleSet } from '@zhida/rules';
import { DECIDED_ON } from '../cases.ts';
import type { Contestant } from '../contest.ts';
import type { Answer } from '../exact.ts';
import { peerFacts, SCHEMES } from '../subject.ts';
import { answerOf } from './answer.ts';
import { rates } from './rates.ts';

interface Rule {
  readonly when: string;
  readonly yuan?: string;
}

const trade = (f: string, kinds: string): string =>
  `${f}.aboveQuota and ${f}.industry in ${kinds} and ${f}.legalPerson`;
// Dates arrive as texts YYYY-MM-DD, which compare as dates do; parsing them would only slow it.
const opened = (f: string): string => `${f}.opened <= asOf and ${f}.opened >= "2023-11-22"`;
const liaoning = (f: string): string =>
  `(${f}.level in ("辽宁", "全国", "亚洲", "全球") or ${f}.flagship)`;
const growth = (f: string): string => `sum(${f}2023) - sum(${f}2022)`;
const band = (x: string, ...bands: readonly (readonly [number, number])[]): string =>
  bands.reduceRight((rest, [from, yuan]) => `if ${x} >= ${from} then ${yuan} else ${rest}`, '0');
const rate = (of: 'short' | 'both'): string => {
  const row = 'rates[from <= x.contract][1]';
  return of === 'short' ? `${row}.short` : `(if x.term <= 60 then ${row}.short else ${row}.long)`;
};

/** Figures that a condition and an amount share: earlier entries of the context. */
const SHARED: Readonly<Record<string, string>> = {
  inForce: 'asOf >= "2023-11-22"',
  taxedGrowth: `round half up((${growth('base.taxed')}) * 0.01, 2)`,
  retailGrowth: growth('enterprise.retail'),
  hotelGrowth: growth('hotel.retail'),
  coldShare: 'floor(coldStore.cost * 0.3, 2)',
  farmDue: `floor(sum(for x in farm.loans return x.principal * x.days * min(${rate('both')} * 0.7, 2)) / 36000, 2)`,
  loanDue: `floor(sum(for x in loanUpgrade.loans return x.principal * x.days * ${rate('short')}) / 36000, 2)`,
  built:
    'greenhouses.isNew and greenhouses.completed >= "2023-01-01" and greenhouses.completed <= "2023-12-31"',
  gear: 'renovation.warmGear + renovation.coldGear',
  frames: 'if renovation.damaged then renovation.warmFrame + renovation.coldFrame else 0',
  renewed:
    'floor(min((frames + gear) * 0.15, renovation.warmArea * 5000 + renovation.coldArea * 1000), 2)',
  upgradeDue: 'floor(directUpgrade.audited * 0.05, 2)',
  rebuildDue: 'round half up(rebuild.invested * 0.1, 2)',
  planDue: 'round half up(jointPlan.plan * 0.25, 2)',
  gone: 'enterprise.layoffs - enterprise.notLayoffs',
  refund:
    'round half up((enterprise.unitDues + enterprise.staffDues) * (if enterprise.unitKind = "企业单位" and enterprise.size = "大型" then 0.3 else 0.6), 2)',
};

const TRADE: Readonly<Record<string, Rule>> = {
  '1.2': { when: 'subsidy.planned and subsidy.category in ("汽车", "家电", "家居", "餐饮")' },
  '2.7': {
    when: 'base.provincial and base.qualified and taxedGrowth > 0',
    yuan: 'min(taxedGrowth, 2000000)',
  },
  '3.3': {
    when: `${trade('enterprise', '("批发业", "零售业")')} and retailGrowth >= 50000000`,
    yuan: band(
      'retailGrowth',
      [500_000_000, 1_000_000],
      [200_000_000, 500_000],
      [100_000_000, 300_000],
      [50_000_000, 100_000],
    ),
  },
  '3.4': {
    when: `nationalStore.level in ("全国", "亚洲", "全球") and nationalStore.brand and nationalStore.trade != "餐饮" and ${opened('nationalStore')}`,
    yuan: '500000',
  },
  '3.5': {
    when: `${liaoning('flagship')} and flagship.brand and flagship.trade != "餐饮" and ${opened('flagship')}`,
    yuan: '100000',
  },
  '4.3': {
    when: `${trade('hotel', '("住宿业", "餐饮业")')} and hotelGrowth >= 5000000`,
    yuan: band('hotelGrowth', [10_000_000, 100_000], [5_000_000, 50_000]),
  },
  '4.4.a': {
    when: `nationalKitchen.level in ("全国", "亚洲", "全球") and nationalKitchen.trade = "餐饮" and nationalKitchen.cateringBrand and ${opened('nationalKitchen')}`,
    yuan: '300000',
  },
  '4.4.b': {
    when: `${liaoning('liaoningKitchen')} and liaoningKitchen.trade = "餐饮" and liaoningKitchen.cateringBrand and ${opened('liaoningKitchen')}`,
    yuan: '50000',
  },
};

const PROJECTS: Readonly<Record<string, Rule>> = {
  '8.8': {
    when:
      '(coldStore.builder in ("示范家庭农场", "农民合作社示范社", "已登记农村集体经济组织") or coldStore.similar)' +
      ' and (not(coldStore.builder in ("示范家庭农场", "农民合作社示范社")) or coldStore.model in ("国家级", "省级", "市级", "县级"))' +
      ' and coldStore.site in ("重点乡镇", "中心村")' +
      ' and coldStore.produce in ("蔬菜", "水果", "其他鲜活农产品", "地方优势特色品种")' +
      ' and coldStore.facility in ("通风贮藏库", "机械冷库", "气调贮藏库", "预冷设施")' +
      ' and coldStore.planned >= "2023-01-01" and coldStore.planned <= "2023-12-31"' +
      ' and coldShare > 0 and coldStore.accepted',
    yuan: 'min(coldShare, if coldStore.standard then coldStore.standardLimit else 1000000, 1000000)',
  },
  '9.6': { when: 'warehouse.byFirm and warehouse.recognised', yuan: '1000000' },
  '10.2': {
    when:
      'farm.qualified and farm.line in ("设施种植", "设施畜牧", "设施渔业", "其他设施农业")' +
      ' and farm.nature in ("新建", "改造提升") and farm.necessary and farmDue > 0 and farm.interest > 0',
    yuan: 'min(farmDue, farm.interest, 2000000)',
  },
  '10.3': { when: 'built and greenhouses.warm >= 10', yuan: 'greenhouses.warm * 12000' },
  '10.4': { when: 'built and greenhouses.cold >= 20', yuan: 'greenhouses.cold * 3000' },
  '10.5': {
    when: '(renovation.damaged or gear > 0) and not(renovation.paidAsNew) and renewed > 0',
    yuan: 'renewed',
  },
  '12.3': {
    when: 'directUpgrade.upgrading and directUpgrade.mode = "直接补助" and directUpgrade.listed and upgradeDue > 0',
    yuan: 'min(upgradeDue, 10000000)',
  },
  '12.4': {
    when: 'loanUpgrade.upgrading and loanUpgrade.mode = "贷款贴息" and loanUpgrade.listed and loanDue > 0 and loanUpgrade.interest > 0',
    yuan: 'min(loanDue, loanUpgrade.interest, 10000000)',
  },
  '13.1': {
    when: '(enterprise.top30 and not(enterprise.top30Before)) or (enterprise.top20 and not(enterprise.top20Before))',
    yuan: '1000000',
  },
  '13.2': {
    when: 'show.performing and show.invested > 100000000 and show.outstanding',
    yuan: '5000000',
  },
  '15.1': {
    when: 'consortium.consortium and consortium.category = "重大攻关示范项目" and consortium.provincial',
    yuan: '10000000',
  },
  '15.2': {
    when: 'keyProject.gap and keyProject.category = "关键技术攻关项目" and keyProject.provincial',
    yuan: '1000000',
  },
  '15.3': {
    when: 'rebuild.category in ("产业基础再造工程", "重大技术装备攻关工程") and rebuild.provincial and rebuildDue > 0',
    yuan: 'min(rebuildDue, 10000000)',
  },
  '15.4': {
    when: 'jointPlan.leading and jointPlan.category = "应用基础研究联合计划" and jointPlan.provincial and planDue > 0',
    yuan: 'min(planDue, 5000000)',
  },
  '15.5': {
    when: '(contract.kind in ("技术转让", "技术许可", "技术开发") or contract.otherWay) and contract.provider in ("高等学校", "科研院所") and contract.registered and contract.paid > 0',
    yuan: '2000000',
  },
};

const PEOPLE: Readonly<Record<string, Rule>> = {
  '19.5': { when: 'person.extended and person.home = "存量公寓"' },
  '20.2.a': { when: 'enterprise.newHires >= 1' },
  '20.2.b': {
    when: '(not(enterprise.industry in ("工业", "建筑业", "农林牧渔业")) and enterprise.manyJobs) or enterprise.size in ("小型", "微型") or enterprise.unitKind = "个体工商户"',
  },
  '20.2.c': { when: 'person.certified and person.insured' },
  '20.2.d': { when: 'enterprise.incubator' },
  '20.2.e': { when: 'enterprise.insuredNow' },
  '20.5': {
    when:
      'enterprise.unitKind in ("企业单位", "社会团体", "基金会", "社会服务机构", "律师事务所", "会计师事务所", "个体工商户")' +
      ' and enterprise.insured and enterprise.duesPaid and enterprise.duesMonths >= 12' +
      ' and (gone <= 0 or gone / enterprise.staff <= (if enterprise.staff <= 30 then 0.2 else 0.055))' +
      ' and not(enterprise.pollutes) and not(enterprise.blacklisted) and asOf <= "2023-12-31" and refund > 0',
    yuan: 'refund',
  },
  '20.12.a': { when: 'enterprise.graduates > 0' },
  '20.12.b': { when: 'person.graduate and person.placed' },
  '20.12.c': { when: 'person.graduate and person.flexible' },
  '20.12.d': { when: 'person.graduate and person.seeking' },
};

function text(): string {
  const rules: Readonly<Record<string, Rule>> = { ...TRADE, ...PROJECTS, ...PEOPLE };
  const shared = Object.entries(SHARED).map(([name, e]) => `${name}: ${e}`);
  const entries = SCHEMES.map(({ id }) => {
    const rule = rules[id];
    if (rule === undefined) throw new Error(`feelin has no rule for ${id}`);
    const holds = `inForce and ${rule.when}`;
    const yuan = rule.yuan === undefined ? 'null' : rule.yuan;
    return `"${id}": { holds: ${holds}, yuan: if holds then ${yuan} else null }`;
  });
  return `{ ${[...shared, ...entries].join(',\n')} }`;
}

interface Entry {
  readonly holds: boolean | null;
  readonly yuan: number | null;
}

export function feelin(ruleSet: RuleSet): Contestant {
  const expression = text();
  const table = rates(ruleSet);
  return {
    name: 'feelin',
    ready: (subject) => {
      const context = { asOf: DECIDED_ON, rates: table, ...peerFacts(subject) };
      const run = (): unknown => evaluate(expression, context).value;
      const answers = (): ReadonlyMap<string, Answer> => {
        const result = run() as Readonly<Record<string, Entry>>;
        return new Map(
          SCHEMES.map(({ id }) => [id, answerOf(result[id]?.holds, result[id]?.yuan)] as const),
        );
      };
      return { run, answers };
    },
  };
}
