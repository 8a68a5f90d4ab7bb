// @gorules/zen-engine: one decision graph with one table, a row per scheme, that collects every row
// that hits; it runs faster than a table per scheme. Numbers are exact decimals. A row whose
// condition meets an unknown fact fails, so unknown is "no".
import { ZenEngine } from '@gorules/zen-engine';
import type { ZenEngineResponse } from '@gorules/zen-engine';
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
const opened = (f: string): string =>
  `d(${f}.opened) <= d(asOf) and d(${f}.opened) >= d("2023-11-22")`;
const liaoning = (f: string): string =>
  `(${f}.level in ["辽宁", "全国", "亚洲", "全球"] or ${f}.flagship)`;
const growth = (f: string): string => `(sum(${f}2023) - sum(${f}2022))`;
const band = (x: string, ...bands: readonly (readonly [number, number])[]): string =>
  bands.reduceRight((rest, [from, yuan]) => `${x} >= ${from} ? ${yuan} : (${rest})`, '0');
const cut = (x: string): string => `floor((${x}) * 100) / 100`;

/** LPR of a loan `#`, by the day of its contract. */
function rate(ruleSet: RuleSet, of: 'short' | 'both'): string {
  return rates(ruleSet).reduceRight((rest, row) => {
    const value = of === 'short' ? `${row.short}` : `(#.term <= 60 ? ${row.short} : ${row.long})`;
    return `d(#.contract) >= d("${row.from}") ? ${value} : (${rest})`;
  }, '0');
}

const retail = growth('enterprise.retail');
const hotel = growth('hotel.retail');

const TRADE: Readonly<Record<string, Rule>> = {
  '1.2': { when: 'subsidy.planned and subsidy.category in ["汽车", "家电", "家居", "餐饮"]' },
  '2.7': {
    when: `base.provincial and base.qualified`,
    yuan: `min([round(${growth('base.taxed')} * 0.01, 2), 2000000])`,
  },
  '3.3': {
    when: `${trade('enterprise', '["批发业", "零售业"]')} and ${retail} >= 50000000`,
    yuan: band(
      retail,
      [500_000_000, 1_000_000],
      [200_000_000, 500_000],
      [100_000_000, 300_000],
      [50_000_000, 100_000],
    ),
  },
  '3.4': {
    when: `nationalStore.level in ["全国", "亚洲", "全球"] and nationalStore.brand and nationalStore.trade != "餐饮" and ${opened('nationalStore')}`,
    yuan: '500000',
  },
  '3.5': {
    when: `${liaoning('flagship')} and flagship.brand and flagship.trade != "餐饮" and ${opened('flagship')}`,
    yuan: '100000',
  },
  '4.3': {
    when: `${trade('hotel', '["住宿业", "餐饮业"]')} and ${hotel} >= 5000000`,
    yuan: band(hotel, [10_000_000, 100_000], [5_000_000, 50_000]),
  },
  '4.4.a': {
    when: `nationalKitchen.level in ["全国", "亚洲", "全球"] and nationalKitchen.trade == "餐饮" and nationalKitchen.cateringBrand and ${opened('nationalKitchen')}`,
    yuan: '300000',
  },
  '4.4.b': {
    when: `${liaoning('liaoningKitchen')} and liaoningKitchen.trade == "餐饮" and liaoningKitchen.cateringBrand and ${opened('liaoningKitchen')}`,
    yuan: '50000',
  },
};

const ASSETS: Readonly<Record<string, Rule>> = {
  '8.8': {
    when:
      '(coldStore.builder in ["示范家庭农场", "农民合作社示范社", "已登记农村集体经济组织"] or coldStore.similar)' +
      ' and (coldStore.builder not in ["示范家庭农场", "农民合作社示范社"] or coldStore.model in ["国家级", "省级", "市级", "县级"])' +
      ' and coldStore.site in ["重点乡镇", "中心村"]' +
      ' and coldStore.produce in ["蔬菜", "水果", "其他鲜活农产品", "地方优势特色品种"]' +
      ' and coldStore.facility in ["通风贮藏库", "机械冷库", "气调贮藏库", "预冷设施"]' +
      ' and d(coldStore.planned) >= d("2023-01-01") and d(coldStore.planned) <= d("2023-12-31")' +
      ` and coldStore.accepted`,
    yuan: `min([${cut('coldStore.cost * 0.3')}, coldStore.standard ? coldStore.standardLimit : 1000000, 1000000])`,
  },
  '9.6': { when: 'warehouse.byFirm and warehouse.recognised', yuan: '1000000' },
};

const frames = '(renovation.damaged ? renovation.warmFrame + renovation.coldFrame : 0)';
const gear = '(renovation.warmGear + renovation.coldGear)';
const renewed = cut(
  `min([(${frames} + ${gear}) * 0.15, renovation.warmArea * 5000 + renovation.coldArea * 1000])`,
);

/** Loans at a share of the prime rate; works on farms and in plants. */
function projects(ruleSet: RuleSet): Readonly<Record<string, Rule>> {
  const farm = cut(
    `sum(map(farm.loans, #.principal * #.days * min([(${rate(ruleSet, 'both')}) * 0.7, 2]))) / 36000`,
  );
  const loan = cut(
    `sum(map(loanUpgrade.loans, #.principal * #.days * (${rate(ruleSet, 'short')}))) / 36000`,
  );
  return {
    '10.2': {
      when:
        'farm.qualified and farm.line in ["设施种植", "设施畜牧", "设施渔业", "其他设施农业"]' +
        ` and farm.nature in ["新建", "改造提升"] and farm.necessary and farm.interest > 0`,
      yuan: `min([${farm}, farm.interest, 2000000])`,
    },
    '10.5': {
      when: `(renovation.damaged or ${gear} > 0) and not renovation.paidAsNew`,
      yuan: renewed,
    },
    '12.3': {
      when: `directUpgrade.upgrading and directUpgrade.mode == "直接补助" and directUpgrade.listed`,
      yuan: `min([${cut('directUpgrade.audited * 0.05')}, 10000000])`,
    },
    '12.4': {
      when: `loanUpgrade.upgrading and loanUpgrade.mode == "贷款贴息" and loanUpgrade.listed and loanUpgrade.interest > 0`,
      yuan: `min([${loan}, loanUpgrade.interest, 10000000])`,
    },
    '13.1': {
      when: '(enterprise.top30 and not enterprise.top30Before) or (enterprise.top20 and not enterprise.top20Before)',
      yuan: '1000000',
    },
    '13.2': {
      when: 'show.performing and show.invested > 100000000 and show.outstanding',
      yuan: '5000000',
    },
  };
}

const size = '(enterprise.unitKind == "企业单位" and enterprise.size == "大型" ? 0.3 : 0.6)';
const refund = `round((enterprise.unitDues + enterprise.staffDues) * ${size}, 2)`;
const gone = '(enterprise.layoffs - enterprise.notLayoffs)';

const EMPLOYMENT: Readonly<Record<string, Rule>> = {
  '20.2.b': {
    when: '(enterprise.industry not in ["工业", "建筑业", "农林牧渔业"] and enterprise.manyJobs) or enterprise.size in ["小型", "微型"] or enterprise.unitKind == "个体工商户"',
  },
  '20.5': {
    when:
      'enterprise.unitKind in ["企业单位", "社会团体", "基金会", "社会服务机构", "律师事务所", "会计师事务所", "个体工商户"]' +
      ' and enterprise.insured and enterprise.duesPaid and enterprise.duesMonths >= 12' +
      ` and (${gone} <= 0 or ${gone} / enterprise.staff <= (enterprise.staff <= 30 ? 0.2 : 0.055))` +
      ' and not enterprise.pollutes and not enterprise.blacklisted' +
      ` and d(asOf) <= d("2023-12-31")`,
    yuan: refund,
  },
};

const built =
  'greenhouses.isNew and d(greenhouses.completed) >= d("2023-01-01") and d(greenhouses.completed) <= d("2023-12-31")';

const GREENHOUSES: Readonly<Record<string, Rule>> = {
  '10.3': { when: `${built} and greenhouses.warm >= 10`, yuan: 'greenhouses.warm * 12000' },
  '10.4': { when: `${built} and greenhouses.cold >= 20`, yuan: 'greenhouses.cold * 3000' },
};

const SCIENCE: Readonly<Record<string, Rule>> = {
  '15.1': {
    when: 'consortium.consortium and consortium.category == "重大攻关示范项目" and consortium.provincial',
    yuan: '10000000',
  },
  '15.2': {
    when: 'keyProject.gap and keyProject.category == "关键技术攻关项目" and keyProject.provincial',
    yuan: '1000000',
  },
  '15.3': {
    when: 'rebuild.category in ["产业基础再造工程", "重大技术装备攻关工程"] and rebuild.provincial',
    yuan: 'min([round(rebuild.invested * 0.1, 2), 10000000])',
  },
  '15.4': {
    when: 'jointPlan.leading and jointPlan.category == "应用基础研究联合计划" and jointPlan.provincial',
    yuan: 'min([round(jointPlan.plan * 0.25, 2), 5000000])',
  },
  '15.5': {
    when: '(contract.kind in ["技术转让", "技术许可", "技术开发"] or contract.otherWay) and contract.provider in ["高等学校", "科研院所"] and contract.registered and contract.paid > 0',
    yuan: '2000000',
  },
};

const PEOPLE: Readonly<Record<string, Rule>> = {
  '19.5': { when: 'person.extended and person.home == "存量公寓"' },
  '20.2.a': { when: 'enterprise.newHires >= 1' },
  '20.2.c': { when: 'person.certified and person.insured' },
  '20.2.d': { when: 'enterprise.incubator' },
  '20.2.e': { when: 'enterprise.insuredNow' },
  '20.12.a': { when: 'enterprise.graduates > 0' },
  '20.12.b': { when: 'person.graduate and person.placed' },
  '20.12.c': { when: 'person.graduate and person.flexible' },
  '20.12.d': { when: 'person.graduate and person.seeking' },
};

/** The graph as its editor would store it. */
function model(ruleSet: RuleSet): object {
  const rules: Readonly<Record<string, Rule>> = {
    ...TRADE,
    ...ASSETS,
    ...projects(ruleSet),
    ...GREENHOUSES,
    ...SCIENCE,
    ...EMPLOYMENT,
    ...PEOPLE,
  };
  const rows = SCHEMES.map(({ id }) => {
    const rule = rules[id];
    if (rule === undefined) throw new Error(`zen has no rule for ${id}`);
    const when = `d(asOf) >= d("2023-11-22") and ${rule.when}`;
    return { _id: id, when, scheme: JSON.stringify(id), yuan: rule.yuan ?? 'null' };
  });
  const table = {
    id: 'schemes',
    type: 'decisionTableNode',
    name: 'schemes',
    content: {
      hitPolicy: 'collect',
      inputs: [{ id: 'when', name: 'when', type: 'expression' }],
      outputs: [
        { id: 'scheme', name: 'scheme', field: 'scheme', type: 'expression' },
        { id: 'yuan', name: 'yuan', field: 'yuan', type: 'expression' },
      ],
      rules: rows,
    },
  };
  return {
    contentType: 'application/vnd.gorules.decision',
    nodes: [
      { id: 'in', type: 'inputNode', name: 'in' },
      table,
      { id: 'out', type: 'outputNode', name: 'out' },
    ],
    edges: [
      { id: 'a', type: 'edge', sourceId: 'in', targetId: 'schemes' },
      { id: 'b', type: 'edge', sourceId: 'schemes', targetId: 'out' },
    ],
  };
}

interface Row {
  readonly scheme: string;
  readonly yuan: number | null;
}

export function zen(ruleSet: RuleSet): Contestant {
  const decision = new ZenEngine().createDecision(model(ruleSet));
  return {
    name: '@gorules/zen-engine',
    ready: (subject) => {
      const input = { asOf: DECIDED_ON, ...peerFacts(subject) };
      const run = async (): Promise<ZenEngineResponse> => await decision.evaluate(input);
      const answers = async (): Promise<ReadonlyMap<string, Answer>> => {
        const { result } = (await run()) as { result: readonly Row[] };
        // Whatever the table does not return it has refused; so is an amount of nothing.
        return new Map(
          SCHEMES.map(({ id }) => {
            const row = result.find((r) => r.scheme === id);
            return [id, answerOf(row !== undefined && row.yuan !== 0, row?.yuan)] as const;
          }),
        );
      };
      return { run, answers };
    },
  };
}
