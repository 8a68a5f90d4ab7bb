/** Upgrading, science, culture and technology: projects and contracts of enterprises. */
import { addLoans } from './farming.ts';
import type { Firm } from './firm.ts';
import type { Chance } from './random.ts';
import { factsOf, thousand } from './register.ts';
import type { Register } from './register.ts';

const number = (head: string, i: number): string => `${head}-${String(i + 1).padStart(3, '0')}`;
const about = (c: Chance, low: number, high: number): bigint => thousand(c.between(low, high));

const UPGRADES = [
  '高炉煤气余热利用改造',
  '离心铸管生产线智能化改造',
  '选矿自动化升级',
  '热轧板表面质检数字化',
  '固体制剂车间改造',
  '中药提取线节能改造',
  '数控加工中心升级',
  '耐火材料窑炉改造',
  '矿山无人运输系统',
  '轴承锻造产线改造',
];

function addUpgrades(c: Chance, register: Register, firms: readonly Firm[], count: number): void {
  for (let i = 0; i < count; i++) {
    const id = number('JG', i);
    const mode = c.weighted([
      ['直接补助', 52],
      ['贷款贴息', 42],
      ['两者兼用', 6],
    ]);
    const invested = about(c, 1500, 260000);
    const facts = factsOf(register, '技改项目', id);
    Object.assign(facts, {
      名称: `${c.pick(UPGRADES)}（合成）`,
      企业: c.pick(firms).id,
      技术改造升级: c.chance(940),
      支持方式: mode,
      列入省级专项: c.chance(650) ? c.chance(750) : undefined,
      审定设备软件投资: c.chance(930) ? invested : undefined,
      备案总投资: invested + invested / 5n,
      申报日期: c.day('2023-11-24', '2023-12-12'),
    });
    if (mode === '直接补助' || c.chance(80)) continue;
    const at = { table: '技改项目.贷款', parent: id, head: 'JD' };
    const paid = addLoans(
      c,
      register,
      at,
      c.weighted([
        [1, 70],
        [2, 25],
        [3, 5],
      ]),
      [2000, 180000],
    );
    if (c.chance(80)) continue;
    facts['年度已付利息'] = paid.year;
    facts['累计已付利息'] = paid.since;
  }
}

const KINDS = [
  '重大攻关示范项目',
  '关键技术攻关项目',
  '产业基础再造工程',
  '重大技术装备攻关工程',
  '应用基础研究联合计划',
  '其他',
];
const SUBJECTS = [
  '耐低温球墨铸管',
  '高强汽车板',
  '冻干制剂',
  '人参皂苷制备',
  '低碳烧结',
  '特种轴承钢',
  '矿用智能装备',
  '药用辅料',
];

function addScience(c: Chance, register: Register, firms: readonly Firm[], count: number): void {
  for (let i = 0; i < count; i++) {
    const kind = c.pick(KINDS);
    const invested = about(c, 800, 160000);
    const plan = about(c, 1000, 42000);
    const joint = kind === '应用基础研究联合计划';
    const facts = factsOf(register, '科技项目', number('KJ', i));
    Object.assign(facts, {
      名称: `${c.pick(SUBJECTS)}${c.pick(['关键技术', '产业化', '工程化', '应用基础'])}研究（合成）`,
      企业: c.pick(firms).id,
      类别: kind,
      组建创新联合体: c.chance(kind === '重大攻关示范项目' ? 800 : 200),
      列入断点清单: c.chance(kind === '关键技术攻关项目' ? 750 : 200),
      省以上立项: c.chance(750) ? c.chance(780) : undefined,
      立项日期: c.day('2023-03-01', '2023-12-10'),
      审定实际投资: c.chance(900) ? invested : undefined,
      批复投资预算: invested - invested / 10n,
      由领军企业承担: c.chance(joint ? 750 : 80),
      联合计划总额: joint ? plan : undefined,
      企业出资额: joint ? (plan * 6n) / 10n : undefined,
    });
    if (c.chance(90)) delete facts[c.pick(['组建创新联合体', '列入断点清单', '类别'])];
  }
}

function addContracts(c: Chance, register: Register, firms: readonly Firm[], count: number): void {
  for (let i = 0; i < count; i++) {
    const after = c.chance(560) ? about(c, 20, 4200) : 0n;
    const facts = factsOf(register, '技术合同', number('HT', i));
    Object.assign(facts, {
      名称: `${c.pick(SUBJECTS)}${c.pick(['工艺转让', '专利许可', '联合开发', '检测咨询', '技术服务'])}合同（合成）`,
      企业: c.pick(firms).id,
      方式: c.weighted([
        ['技术转让', 22],
        ['技术许可', 14],
        ['技术开发', 34],
        ['技术咨询', 12],
        ['技术服务', 18],
      ]),
      成果方类型: c.weighted([
        ['高等学校', 44],
        ['科研院所', 26],
        ['企业', 24],
        ['其他', 6],
      ]),
      已登记: c.chance(860),
      付款日期: after > 0n ? c.day('2023-11-22', '2023-12-13') : c.day('2023-05-01', '2023-11-21'),
      印发后付款额: after,
      累计付款额: after + about(c, 20, 3000),
    });
    if (facts['方式'] === '技术咨询' || facts['方式'] === '技术服务') {
      if (c.chance(550)) facts['认定 其他技术承接方式'] = c.chance(550);
    }
    if (c.chance(60)) delete facts['印发后付款额'];
  }
}

const SHOWS = [
  '水洞传奇',
  '枫叶长歌',
  '桓州往事',
  '太子河夜游',
  '铁刹山问道',
  '冰酒之恋',
  '八旗春秋',
  '老边沟光影',
];

function addShows(c: Chance, register: Register, firms: readonly Firm[]): void {
  SHOWS.forEach((show, i) => {
    const facts = factsOf(register, '演艺项目', number('YY', i));
    Object.assign(facts, {
      名称: `《${show}》${c.pick(['实景演出', '沉浸演艺', '驻场演出'])}（合成）`,
      主体: c.pick(firms).id,
      文旅演艺: c.chance(900),
      实际投资: c.chance(880) ? about(c, 30000, 210000) : undefined,
    });
    if (c.chance(450)) facts['认定 优秀文旅演艺项目'] = c.chance(700);
  });
}

/** Adds projects and contracts. `firms`: companies by what they make. */
export function addIndustry(c: Chance, register: Register, firms: readonly Firm[]): void {
  const makers = firms.filter((f) => f.facts['行业'] === '工业');
  addUpgrades(c, register, makers, 96);
  addScience(c, register, makers, 84);
  const builders = firms.filter((f) => f.facts['行业'] === '软件和信息技术服务业');
  addContracts(c, register, [...makers, ...builders], 70);
  addShows(
    c,
    register,
    firms.filter((f) => f.facts['行业'] === '其他未列明行业'),
  );
}
