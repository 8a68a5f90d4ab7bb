/** Every money item that is decided for whole tables, written anew from the words of 本政规〔2023〕10号 under
 *  the readings in force of the package (甲 throughout), for 2023-12-15. Nothing here knows the rules engine. */
import { LAW } from '../planted/planted.ts';
import { wan } from '../register.ts';
import type { Facts, Register } from '../register.ts';
import {
  LODGING,
  TRADE,
  claim,
  growth,
  liaoningOrFlagship,
  livestream,
  national,
  store,
  warehouse,
} from './commerce.ts';
import { coldStore, farmLoan, renovation, site } from './farming.ts';
import {
  consortium,
  contract,
  grant,
  joint,
  listed,
  rebuild,
  show,
  upgradeLoan,
  weakLink,
} from './industry.ts';
import { refund, some, supported } from './jobs.ts';
import { answer, is } from './logic.ts';
import type { Answer } from './logic.ts';

export interface ItemAnswer {
  readonly id: string;
  readonly item: string;
  readonly table: string;
  readonly law: string;
  readonly decide: (facts: Facts, id: string, register: Register) => Answer;
}

const FIRM = '企业';

/** The items in the order of the law; those for persons are not decided for tables. */
export const itemAnswers: readonly ItemAnswer[] = [
  { id: '1.2', item: '消费惠民补贴', table: '消费补贴', law: LAW.claims, decide: claim },
  { id: '2.7', item: '直播基地增量奖励', table: '直播基地', law: LAW.base, decide: livestream },
  {
    id: '3.3',
    item: '批零增量奖励',
    table: FIRM,
    law: LAW.trade,
    decide: growth(['批发业', '零售业'], TRADE),
  },
  {
    id: '3.4',
    item: '知名品牌首店奖励',
    table: '首店',
    law: LAW.store,
    decide: store(false, national, wan(50)),
  },
  {
    id: '3.5',
    item: '辽宁首店旗舰店奖励',
    table: '首店',
    law: LAW.store,
    decide: store(false, liaoningOrFlagship, wan(10)),
  },
  {
    id: '4.3',
    item: '住餐增量奖励',
    table: FIRM,
    law: LAW.lodging,
    decide: growth(['住宿业', '餐饮业'], LODGING),
  },
  {
    id: '4.4.a',
    item: '餐饮全国首店奖励',
    table: '首店',
    law: LAW.food,
    decide: store(true, national, wan(30)),
  },
  {
    id: '4.4.b',
    item: '餐饮辽宁首店旗舰店奖励',
    table: '首店',
    law: LAW.food,
    decide: store(true, liaoningOrFlagship, wan(5)),
  },
  { id: '8.8', item: '产地冷藏保鲜设施补助', table: '冷藏设施', law: LAW.cold, decide: coldStore },
  {
    id: '9.6',
    item: '公共海外仓建设支持',
    table: '海外仓项目',
    law: LAW.warehouse,
    decide: warehouse,
  },
  {
    id: '10.2',
    item: '设施农业贷款贴息',
    table: '设施农业项目',
    law: LAW.farmLoan,
    decide: farmLoan,
  },
  {
    id: '10.3',
    item: '新建日光温室小区补贴',
    table: '小区',
    law: LAW.greenhouse,
    decide: site('日光温室占地面积', 1000n, wan(1) + wan(2) / 10n),
  },
  {
    id: '10.4',
    item: '新建冷棚小区补贴',
    table: '小区',
    law: LAW.shed,
    decide: site('冷棚占地面积', 2000n, wan(3) / 10n),
  },
  {
    id: '10.5',
    item: '设施农业改造提升补贴',
    table: '改造项目',
    law: LAW.renovation,
    decide: renovation,
  },
  { id: '12.3', item: '技改直接补助', table: '技改项目', law: LAW.upgrade, decide: grant },
  {
    id: '12.4',
    item: '技改贷款贴息',
    table: '技改项目',
    law: LAW.upgradeLoan,
    decide: upgradeLoan,
  },
  { id: '13.1', item: '文旅榜单新入选奖补', table: FIRM, law: LAW.lists, decide: listed },
  { id: '13.2', item: '优秀演艺项目奖补', table: '演艺项目', law: LAW.show, decide: show },
  {
    id: '15.1',
    item: '联合体重大攻关支持',
    table: '科技项目',
    law: LAW.consortium,
    decide: consortium,
  },
  { id: '15.2', item: '关键技术攻关支持', table: '科技项目', law: LAW.weakLink, decide: weakLink },
  {
    id: '15.3',
    item: '基础再造和重大装备支持',
    table: '科技项目',
    law: LAW.rebuild,
    decide: rebuild,
  },
  { id: '15.4', item: '领军企业联合计划支持', table: '科技项目', law: LAW.joint, decide: joint },
  {
    id: '15.5',
    item: '承接高校院所成果奖补',
    table: '技术合同',
    law: LAW.contract,
    decide: contract,
  },
  // 口径 20.2#3: each follows its upper-level rule, not limited to the three groups.
  {
    id: '20.2.a',
    item: '一次性扩岗补助',
    table: FIRM,
    law: LAW.jobs,
    decide: some('扩岗招用人数'),
  },
  {
    id: '20.2.b',
    item: '稳岗扩岗支持',
    table: FIRM,
    law: LAW.jobs,
    decide: (f) => answer(supported(f)),
  },
  {
    id: '20.2.d',
    item: '创业孵化基地奖补',
    table: FIRM,
    law: LAW.jobs,
    decide: (f) => answer(is(f, '创业孵化基地')),
  },
  {
    id: '20.2.e',
    item: '失业保险降费率',
    table: FIRM,
    law: LAW.jobs,
    decide: (f) => answer(is(f, '失业保险在保')),
  },
  { id: '20.5', item: '稳岗返还', table: FIRM, law: LAW.refund, decide: refund },
  {
    id: '20.12.a',
    item: '吸纳高校毕业生补贴',
    table: FIRM,
    law: LAW.graduates,
    decide: some('吸纳毕业生人数'),
  },
];
