/** Land, infrastructure, energy, power users, banks and the indicators of the city. */
import { creditCode } from './code.ts';
import type { Firm } from './firm.ts';
import type { Chance } from './random.ts';
import { factsOf, wan } from './register.ts';
import type { Register } from './register.ts';

const number = (head: string, i: number): string => `${head}-${String(i + 1).padStart(3, '0')}`;

function addLand(c: Chance, register: Register, firms: readonly Firm[]): void {
  for (let i = 0; i < 60; i++) {
    const before = BigInt(c.between(40, 110));
    Object.assign(factsOf(register, '工业用地', number('YD', i)), {
      使用权人: c.pick(firms).id,
      取得国有建设用地使用权: c.chance(940),
      用途: c.chance(930) ? '工业' : '其他',
      符合规划: c.chance(900),
      改变用途: c.chance(60),
      提高土地利用率: c.chance(850),
      原容积率: before,
      新容积率: before + BigInt(c.between(-5, 70)),
      调整批准日期: c.chance(800)
        ? c.day('2023-11-22', '2023-12-13')
        : c.day('2023-04-01', '2023-11-21'),
    });
  }
}

function addProjects(c: Chance, register: Register): void {
  for (let i = 0; i < 48; i++) {
    Object.assign(factsOf(register, '基础设施项目', number('JC', i)), {
      级别: c.weighted([
        ['国家级', 8],
        ['省级', 26],
        ['市级', 40],
        ['县级', 26],
      ]),
      重大基础设施: c.chance(550),
    });
  }
  for (let i = 0; i < 18; i++) {
    Object.assign(factsOf(register, '平急两用项目', number('PJ', i)), { 列入清单: c.chance(700) });
  }
  for (let i = 0; i < 30; i++) {
    Object.assign(factsOf(register, '能源项目', number('NY', i)), {
      类别: c.weighted([
        ['保障性电源项目', 20],
        ['重大产业项目', 25],
        ['储能等新能源产业项目', 40],
        ['其他', 15],
      ]),
    });
  }
}

function addUsers(c: Chance, register: Register, firms: readonly Firm[]): void {
  for (let i = 0; i < 90; i++) {
    Object.assign(factsOf(register, '园区用户', `02105${String(i + 1).padStart(5, '0')}`), {
      用电企业: c.pick(firms).id,
      位于园区内: c.chance(800),
      供配电用户: c.chance(960),
      工程位置: c.chance(550) ? '红线外' : '红线内',
      接入类型: c.chance(870) ? '常规接入' : '特殊接入',
    });
  }
}

/** Names and whether they stand on the list of the head office. */
const BANKS: readonly (readonly [string, boolean | undefined])[] = [
  ['中溪银行本溪分行', true],
  ['辽北商业银行本溪分行', false],
  ['衍水农村商业银行', false],
  ['东联银行本溪分行', true],
  ['溪城村镇银行', false],
  ['华岭银行本溪支行', undefined],
];

/** Bank codes with their names; the register knows banks by code only. */
export const bankNames: ReadonlyMap<string, string> = new Map(
  BANKS.map(([name], i) => [creditCode('91', '210500', 970_001 + i), `${name}（合成）`]),
);

function addBanks(register: Register): void {
  [...bankNames.keys()].forEach((id, i) => {
    factsOf(register, '银行', id)['列入总行名单'] = BANKS[i]?.[1];
  });
}

export const CITY = '本溪市合成数据';

function addCity(register: Register): void {
  Object.assign(factsOf(register, '城市', CITY), {
    储备项目总投资: wan(6_180_000),
    储备项目总投资_含拟开工: wan(8_090_000),
    计划新开工总投资_2024: wan(1_985_000),
    计划新开工总投资_2023: wan(1_762_000),
    启动城中村项目数: 2n,
    链长制集群数: 13n,
    再贷款再贴现额度: wan(342_000),
    再贷款再贴现累计发放额: wan(301_500),
  });
}

/** Adds land, projects, power users, banks and the city. */
export function addEstate(c: Chance, register: Register, firms: readonly Firm[]): void {
  const makers = firms.filter((f) => f.facts['行业'] === '工业');
  addLand(c, register, makers);
  addProjects(c, register);
  addUsers(c, register, makers);
  addBanks(register);
  addCity(register);
}
