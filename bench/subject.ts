// Goal: one vocabulary for all engines. A subject is written once, with decimal texts; our engine
// reads it under the names of the package, the peers as plain numbers under English names.
import type { Plain } from '@zhida/rules';

/** `null` is unknown. Amounts, counts and areas are decimal texts, dates `YYYY-MM-DD`. */
export type Value = string | boolean | null | Months | readonly Row[];
export type Months = { readonly [month: string]: string | null };
export type Row = { readonly [field: string]: string };
export type Facts = { readonly [field: string]: Value };
export type Subject = { readonly [record: string]: Facts };

type Kind = 'flag' | 'number' | 'text' | 'date' | 'months' | 'loans' | 'gate' | 'payee';
type Fields = Readonly<Record<string, readonly [name: string, kind: Kind]>>;

const LOAN: Fields = {
  principal: ['本金', 'number'],
  term: ['期限', 'number'],
  contract: ['合同日期', 'date'],
  days: ['计息天数', 'number'],
};

const ENTERPRISE: Fields = {
  code: ['统一社会信用代码', 'text'],
  aboveQuota: ['限额以上', 'flag'],
  industry: ['行业', 'text'],
  legalPerson: ['法人', 'flag'],
  retail: ['月限上零售额', 'months'],
  size: ['规模', 'text'],
  unitKind: ['参保单位类型', 'text'],
  insured: ['失业保险参保', 'flag'],
  duesPaid: ['失业保险足额缴费', 'flag'],
  duesMonths: ['累计缴费月数', 'number'],
  staff: ['月均参保人数', 'number'],
  layoffs: ['裁员人数', 'number'],
  notLayoffs: ['不计入裁员人数', 'number'],
  pollutes: ['违反产业环保政策', 'flag'],
  blacklisted: ['列入负面清单', 'flag'],
  unitDues: ['单位失业保险费', 'number'],
  staffDues: ['职工失业保险费', 'number'],
  insuredNow: ['失业保险在保', 'flag'],
  newHires: ['扩岗招用人数', 'number'],
  graduates: ['吸纳毕业生人数', 'number'],
  incubator: ['创业孵化基地', 'flag'],
  top30: ['文化企业30强入选', 'flag'],
  top30Before: ['文化企业30强上届入选', 'flag'],
  top20: ['旅游集团20强入选', 'flag'],
  top20Before: ['旅游集团20强上届入选', 'flag'],
  manyJobs: ['认定 就业容量大', 'gate'],
};

const STORE: Fields = {
  level: ['层级', 'text'],
  flagship: ['旗舰店', 'flag'],
  flagshipLevel: ['旗舰店级别', 'text'],
  trade: ['品牌业态', 'text'],
  opened: ['开业日期', 'date'],
  brand: ['认定 符合要求的知名品牌', 'gate'],
  cateringBrand: ['认定 符合要求的知名餐饮品牌', 'gate'],
  carrier: ['载体', 'payee'],
};

const UPGRADE: Fields = {
  number: ['编号', 'text'],
  upgrading: ['技术改造升级', 'flag'],
  mode: ['支持方式', 'text'],
  listed: ['列入省级专项', 'flag'],
  audited: ['审定设备软件投资', 'number'],
  interest: ['年度已付利息', 'number'],
  loans: ['贷款', 'loans'],
  firm: ['企业', 'payee'],
};

const SCIENCE: Fields = {
  number: ['编号', 'text'],
  category: ['类别', 'text'],
  consortium: ['组建创新联合体', 'flag'],
  gap: ['列入断点清单', 'flag'],
  provincial: ['省以上立项', 'flag'],
  invested: ['审定实际投资', 'number'],
  leading: ['由领军企业承担', 'flag'],
  plan: ['联合计划总额', 'number'],
  firm: ['企业', 'payee'],
};

interface RecordKind {
  readonly entity: string;
  readonly fields: Fields;
}

const enterprise = { entity: '企业', fields: ENTERPRISE };
const store = { entity: '首店', fields: STORE };
const upgrade = { entity: '技改项目', fields: UPGRADE };
const science = { entity: '科技项目', fields: SCIENCE };

/** What one applicant brings: the firm, its hotel, and one project or asset per group of items. */
export const RECORDS: Readonly<Record<string, RecordKind>> = {
  subsidy: {
    entity: '消费补贴',
    fields: { category: ['消费类别', 'text'], planned: ['方案已公布', 'flag'] },
  },
  base: {
    entity: '直播基地',
    fields: {
      provincial: ['省级示范', 'flag'],
      taxed: ['月贡献纳税零售额', 'months'],
      qualified: ['认定 符合条件的直播基地', 'gate'],
      operator: ['运营主体', 'payee'],
    },
  },
  enterprise,
  hotel: enterprise,
  nationalStore: store,
  flagship: store,
  nationalKitchen: store,
  liaoningKitchen: store,
  coldStore: {
    entity: '冷藏设施',
    fields: {
      builder: ['主体类型', 'text'],
      model: ['示范级别', 'text'],
      site: ['建设地点', 'text'],
      produce: ['主要产品', 'text'],
      facility: ['设施类型', 'text'],
      planned: ['列入计划日期', 'date'],
      cost: ['净造价', 'number'],
      standard: ['适用限定标准', 'flag'],
      standardLimit: ['限定标准额', 'number'],
      similar: ['认定 同类建设主体', 'gate'],
      accepted: ['认定 冷藏设施验收合格', 'gate'],
      owner: ['建设主体', 'payee'],
    },
  },
  warehouse: {
    entity: '海外仓项目',
    fields: {
      number: ['编号', 'text'],
      byFirm: ['由企业建设', 'flag'],
      claimed: ['申报日期', 'date'],
      recognised: ['认定 公共海外仓', 'gate'],
      firm: ['建设企业', 'payee'],
    },
  },
  farm: {
    entity: '设施农业项目',
    fields: {
      line: ['领域', 'text'],
      nature: ['建设性质', 'text'],
      necessary: ['贷款用于必需投资', 'flag'],
      interest: ['年度已付利息', 'number'],
      until: ['贴息期止日', 'date'],
      loans: ['贷款', 'loans'],
      qualified: ['认定 符合要求的设施农业项目', 'gate'],
      owner: ['主体', 'payee'],
    },
  },
  greenhouses: {
    entity: '小区',
    fields: {
      isNew: ['新建', 'flag'],
      completed: ['建成日期', 'date'],
      warm: ['日光温室占地面积', 'number'],
      cold: ['冷棚占地面积', 'number'],
      owner: ['建设主体', 'payee'],
    },
  },
  renovation: {
    entity: '改造项目',
    fields: {
      damaged: ['老旧或灾损', 'flag'],
      paidAsNew: ['同年已享新建补贴', 'flag'],
      warmFrame: ['日光温室结构成本', 'number'],
      warmGear: ['日光温室配套成本', 'number'],
      coldFrame: ['冷棚结构成本', 'number'],
      coldGear: ['冷棚配套成本', 'number'],
      warmArea: ['日光温室面积', 'number'],
      coldArea: ['冷棚面积', 'number'],
      owner: ['主体', 'payee'],
    },
  },
  directUpgrade: upgrade,
  loanUpgrade: upgrade,
  show: {
    entity: '演艺项目',
    fields: {
      performing: ['文旅演艺', 'flag'],
      invested: ['实际投资', 'number'],
      outstanding: ['认定 优秀文旅演艺项目', 'gate'],
      owner: ['主体', 'payee'],
    },
  },
  consortium: science,
  keyProject: science,
  rebuild: science,
  jointPlan: science,
  contract: {
    entity: '技术合同',
    fields: {
      number: ['编号', 'text'],
      kind: ['方式', 'text'],
      provider: ['成果方类型', 'text'],
      registered: ['已登记', 'flag'],
      paid: ['印发后付款额', 'number'],
      paidOn: ['付款日期', 'date'],
      otherWay: ['认定 其他技术承接方式', 'gate'],
      firm: ['企业', 'payee'],
    },
  },
  person: {
    entity: '个人',
    fields: {
      extended: ['购房县区已扩围', 'flag'],
      home: ['所购房屋', 'text'],
      certified: ['取得技能证书', 'flag'],
      insured: ['失业保险参保', 'flag'],
      graduate: ['高校毕业生', 'flag'],
      placed: ['政策性岗位安置', 'flag'],
      flexible: ['灵活就业', 'flag'],
      seeking: ['求职创业登记', 'flag'],
    },
  },
};

/** An item of the package, and the record of the subject that it looks at. */
export interface Scheme {
  readonly id: string;
  readonly record: string;
  /** An amount follows, or only whether the conditions hold. */
  readonly pays: boolean;
}

const paying = (id: string, record: string): Scheme => ({ id, record, pays: true });
const plain = (id: string, record: string): Scheme => ({ id, record, pays: false });

/** All 34 money schemes by provision; the amounts of the plain ones are in other documents. */
export const SCHEMES: readonly Scheme[] = [
  plain('1.2', 'subsidy'),
  paying('2.7', 'base'),
  paying('3.3', 'enterprise'),
  paying('3.4', 'nationalStore'),
  paying('3.5', 'flagship'),
  paying('4.3', 'hotel'),
  paying('4.4.a', 'nationalKitchen'),
  paying('4.4.b', 'liaoningKitchen'),
  paying('8.8', 'coldStore'),
  paying('9.6', 'warehouse'),
  paying('10.2', 'farm'),
  paying('10.3', 'greenhouses'),
  paying('10.4', 'greenhouses'),
  paying('10.5', 'renovation'),
  paying('12.3', 'directUpgrade'),
  paying('12.4', 'loanUpgrade'),
  paying('13.1', 'enterprise'),
  paying('13.2', 'show'),
  paying('15.1', 'consortium'),
  paying('15.2', 'keyProject'),
  paying('15.3', 'rebuild'),
  paying('15.4', 'jointPlan'),
  paying('15.5', 'contract'),
  plain('19.5', 'person'),
  plain('20.2.a', 'enterprise'),
  plain('20.2.b', 'enterprise'),
  plain('20.2.c', 'person'),
  plain('20.2.d', 'enterprise'),
  plain('20.2.e', 'enterprise'),
  paying('20.5', 'enterprise'),
  plain('20.12.a', 'enterprise'),
  plain('20.12.b', 'person'),
  plain('20.12.c', 'person'),
  plain('20.12.d', 'person'),
];

function fieldsOf(record: string): Fields {
  const kind = RECORDS[record];
  if (kind === undefined) throw new Error(`no record ${record}`);
  return kind.fields;
}

function ownName(fields: Fields, field: string): readonly [string, Kind] {
  const found = fields[field];
  if (found === undefined) throw new Error(`no field ${field}`);
  return found;
}

/** The facts of one record under the names of the package, as `readFacts` takes them. */
export function packageFacts(record: string, facts: Facts): Record<string, Plain> {
  const fields = fieldsOf(record);
  return Object.fromEntries(
    Object.entries(facts).map(([field, value]): [string, Plain] => {
      const [name, kind] = ownName(fields, field);
      if (kind !== 'loans' || !Array.isArray(value)) return [name, value];
      const rows = (value as readonly Row[]).map((row) =>
        Object.fromEntries(Object.entries(row).map(([f, v]) => [ownName(LOAN, f)[0], v])),
      );
      return [name, rows];
    }),
  );
}

export type Figure = number | string | boolean | null;
export type PeerValue = Figure | readonly Figure[] | readonly { readonly [f: string]: Figure }[];
export type PeerFacts = { readonly [field: string]: PeerValue };

function figure(value: string | boolean | null, kind: Kind): Figure {
  return kind === 'number' && typeof value === 'string' ? Number(value) : value;
}

function peerEntries(field: string, value: Value, kind: Kind): [string, PeerValue][] {
  if (kind === 'payee') return [];
  if (Array.isArray(value)) {
    const rows = (value as readonly Row[]).map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([f, v]) => [f, figure(v, ownName(LOAN, f)[1])] as const),
      ),
    );
    return [[field, rows]];
  }
  if (typeof value !== 'object' || value === null) {
    return [[field, figure(value, kind)]];
  }
  // Months become one list per year, in their order, so that no engine must look up a month.
  const byYear = Map.groupBy(Object.entries(value as Months), ([month]) => month.slice(0, 4));
  return [...byYear].map(([year, months]) => [
    `${field}${year}`,
    months.map(([, v]) => figure(v, 'number')),
  ]);
}

/** The subject as peers take it: nested plain values; who is paid is left out, they do not say. */
export function peerFacts(subject: Subject): { readonly [record: string]: PeerFacts } {
  return Object.fromEntries(
    Object.entries(subject).map(([record, facts]) => {
      const fields = fieldsOf(record);
      const entries = Object.entries(facts).flatMap(([field, value]) =>
        peerEntries(field, value, ownName(fields, field)[1]),
      );
      return [record, Object.fromEntries(entries)] as const;
    }),
  );
}
