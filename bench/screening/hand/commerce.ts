// 消费补贴, 直播基地, 首店, 海外仓项目, 冷藏设施.
import { unknowns } from './hand.ts';
import type { Hand, HandItem } from './hand.ts';

const SUBSIDY: Hand = {
  entity: '消费补贴',
  stages: `
SELECT *, planned AND kind AS owed
FROM (
  SELECT "编号" AS id, "方案已公布" AS planned, "消费类别" AS category,
    list_contains(['汽车', '家电', '家居', '餐饮'], "消费类别") AS kind
  FROM {消费补贴}
)`,
  items: [
    {
      item: '消费惠民补贴',
      owed: 'owed',
      conditions: ['planned', 'kind', 'true'],
      missing: unknowns({ planned: '消费补贴.方案已公布', category: '消费补贴.消费类别' }),
    },
  ],
};

const MONTHS = ['07', '08', '09', '10', '11'];
const BASE_MONTHS = MONTHS.flatMap((m) => [
  [`n${m}`, `月贡献纳税零售额 2023-${m}`],
  [`b${m}`, `月贡献纳税零售额 2022-${m}`],
]);

const BASE: Hand = {
  entity: '直播基地',
  stages: `
SELECT *, provincial AND qualified AND due > 0 AS owed
FROM (
  SELECT *, CASE WHEN increase >= 0 THEN (increase + 50) // 100 ELSE -((50 - increase) // 100) END AS due
  FROM (
    SELECT *, now - (${MONTHS.map((m) => `b${m}`).join(' + ')}) AS increase
    FROM (
      SELECT *, ${MONTHS.map((m) => `n${m}`).join(' + ')} AS now
      FROM (
        SELECT "编号" AS id, "省级示范" AS provincial, "认定 符合条件的直播基地" AS qualified,
          coalesce("运营主体", '?') AS operator,
          ${BASE_MONTHS.map(([column, label]) => `"${label}" AS ${column}`).join(', ')}
        FROM {直播基地}
      )
    )
  )
)`,
  items: [
    {
      item: '直播基地增量奖励',
      owed: 'owed',
      conditions: ['provincial', 'qualified', 'due > 0', 'true'],
      amount: 'CASE WHEN due < 200000000 THEN due ELSE 200000000 END',
      potential: `CASE
        WHEN due IS NOT NULL THEN greatest(0, least(200000000, due))
        WHEN now IS NULL THEN 200000000
        ELSE greatest(0, least(200000000,
          (now - (${MONTHS.map((m) => `coalesce(b${m}, 0)`).join(' + ')}) + 50) // 100)) END`,
      missing: unknowns({
        provincial: '直播基地.省级示范',
        ...Object.fromEntries(
          BASE_MONTHS.map(([column = '', label = '']) => [column, `直播基地.${label}`]),
        ),
      }),
      pending: [['符合条件的直播基地', 'qualified IS NULL']],
      payee: 'operator',
    },
  ],
};

const OPENED = { opened: '首店.开业日期' };
const CATERING_CAP = {
  keys: ['carrier', `coalesce(year(opened)::VARCHAR, '?')`],
  limit: '50000000::BIGINT',
};
const RETAIL_CAP = { ...CATERING_CAP, limit: '100000000::BIGINT' };

function store(
  item: string,
  owed: string,
  conditions: readonly string[],
  amount: number,
  gate: string,
  brand: string,
  level: HandItem['missing'],
): HandItem {
  return {
    item,
    owed,
    conditions: [...conditions, 'is_open', 'in_time', 'true'],
    amount: `${amount}::BIGINT`,
    potential: `${amount}::BIGINT`,
    missing: [...level, ...unknowns({ trade: '首店.品牌业态', ...OPENED })],
    pending: [[gate, `${brand} IS NULL`]],
    payee: 'carrier',
    caps: [item.startsWith('餐饮') ? CATERING_CAP : RETAIL_CAP],
  };
}

const LEVEL = unknowns({ level: '首店.层级' });
const LEVEL_OR_FLAGSHIP = [
  ['首店.层级', 'liaoning IS NULL AND level IS NULL'],
  ['首店.旗舰店', 'liaoning IS NULL AND flagship IS NULL'],
] as const;

const STORE: Hand = {
  entity: '首店',
  stages: `
SELECT *,
  national AND known_brand AND other_trade AND timely AS owed34,
  liaoning AND known_brand AND other_trade AND timely AS owed35,
  national AND catering AND catering_brand AND timely AS owed44a,
  liaoning AND catering AND catering_brand AND timely AS owed44b
FROM (
  SELECT *, is_open AND in_time AS timely, NOT catering AS other_trade
  FROM (
    SELECT "编号" AS id, coalesce("载体", '?') AS carrier, "品牌业态" AS trade, "层级" AS level, "旗舰店" AS flagship,
      "开业日期" AS opened, "认定 符合要求的知名品牌" AS known_brand, "认定 符合要求的知名餐饮品牌" AS catering_brand,
      list_contains(['全国', '亚洲', '全球'], "层级") AS national,
      list_contains(['辽宁', '全国', '亚洲', '全球'], "层级") OR "旗舰店" AS liaoning,
      list_contains(['餐饮'], "品牌业态") AS catering,
      "开业日期" <= DATE '2023-12-15' AS is_open,
      "开业日期" >= DATE '2023-11-22' AS in_time
    FROM {首店}
  )
)`,
  items: [
    store(
      '知名品牌首店奖励',
      'owed34',
      ['national', 'known_brand', 'other_trade'],
      50_000_000,
      '符合要求的知名品牌',
      'known_brand',
      LEVEL,
    ),
    store(
      '辽宁首店旗舰店奖励',
      'owed35',
      ['liaoning', 'known_brand', 'other_trade'],
      10_000_000,
      '符合要求的知名品牌',
      'known_brand',
      LEVEL_OR_FLAGSHIP,
    ),
    store(
      '餐饮全国首店奖励',
      'owed44a',
      ['national', 'catering', 'catering_brand'],
      30_000_000,
      '符合要求的知名餐饮品牌',
      'catering_brand',
      LEVEL,
    ),
    store(
      '餐饮辽宁首店旗舰店奖励',
      'owed44b',
      ['liaoning', 'catering', 'catering_brand'],
      5_000_000,
      '符合要求的知名餐饮品牌',
      'catering_brand',
      LEVEL_OR_FLAGSHIP,
    ),
  ],
};

const WAREHOUSE: Hand = {
  entity: '海外仓项目',
  stages: `
SELECT "编号" AS id, coalesce("建设企业", '?') AS builder, "由企业建设" AS by_firm, "申报日期" AS claimed,
  "认定 公共海外仓" AS public_one, "由企业建设" AND "认定 公共海外仓" AS owed
FROM {海外仓项目}`,
  items: [
    {
      item: '公共海外仓建设支持',
      owed: 'owed',
      conditions: ['by_firm', 'public_one', 'true'],
      amount: '100000000::BIGINT',
      potential: '100000000::BIGINT',
      missing: unknowns({ by_firm: '海外仓项目.由企业建设' }),
      pending: [['公共海外仓', 'public_one IS NULL']],
      payee: 'builder',
      caps: [
        { keys: ['id'], limit: '100000000::BIGINT' },
        { keys: ['builder', `coalesce(year(claimed)::VARCHAR, '?')`], limit: '200000000::BIGINT' },
      ],
    },
  ],
};

const COLD_STORE: Hand = {
  entity: '冷藏设施',
  stages: `
SELECT *,
  kind AND model AND place AND goods AND sort AND in_year AND due > 0 AND accepted AS owed
FROM (
  SELECT *,
    CASE WHEN part IS NULL OR bound IS NULL THEN NULL WHEN part < bound THEN part ELSE bound END AS due,
    named OR similar_one AS kind,
    NOT farm_or_coop OR ranked AS model
  FROM (
    SELECT *,
      cost * 3 // 10 AS part,
      CASE WHEN bounded THEN bound_fen WHEN NOT bounded THEN 100000000 END AS bound,
      list_contains(['示范家庭农场', '农民合作社示范社', '已登记农村集体经济组织'], builder_kind) AS named,
      list_contains(['示范家庭农场', '农民合作社示范社'], builder_kind) AS farm_or_coop,
      list_contains(['国家级', '省级', '市级', '县级'], rank) AS ranked,
      list_contains(['重点乡镇', '中心村'], site) AS place,
      list_contains(['蔬菜', '水果', '其他鲜活农产品', '地方优势特色品种'], produce) AS goods,
      list_contains(['通风贮藏库', '机械冷库', '气调贮藏库', '预冷设施'], facility) AS sort,
      listed BETWEEN DATE '2023-01-01' AND DATE '2023-12-31' AS in_year
    FROM (
      SELECT "编号" AS id, coalesce("建设主体", '?') AS builder, "主体类型" AS builder_kind, "示范级别" AS rank,
        "建设地点" AS site, "主要产品" AS produce, "设施类型" AS facility, "列入计划日期" AS listed, "净造价" AS cost,
        "适用限定标准" AS bounded, "限定标准额" AS bound_fen, "认定 同类建设主体" AS similar_one,
        "认定 冷藏设施验收合格" AS accepted
      FROM {冷藏设施}
    )
  )
)`,
  items: [
    {
      item: '产地冷藏保鲜设施补助',
      owed: 'owed',
      conditions: [
        'kind',
        'model',
        'place',
        'goods',
        'sort',
        'in_year',
        'due > 0',
        'accepted',
        'true',
      ],
      amount: 'CASE WHEN due < 100000000 THEN due ELSE 100000000 END',
      // The bound is known, or one of two, or without end below the million of the rule.
      potential: `least(100000000, coalesce(part, 100000000),
        CASE WHEN bounded THEN coalesce(bound_fen, 100000000) WHEN NOT bounded THEN 100000000
          ELSE greatest(coalesce(bound_fen, 100000000), 100000000) END)`,
      missing: [
        ['冷藏设施.主体类型', '(kind IS NULL OR model IS NULL) AND builder_kind IS NULL'],
        ['冷藏设施.示范级别', 'model IS NULL AND rank IS NULL'],
        ...unknowns({
          site: '冷藏设施.建设地点',
          produce: '冷藏设施.主要产品',
          facility: '冷藏设施.设施类型',
          listed: '冷藏设施.列入计划日期',
          cost: '冷藏设施.净造价',
          bounded: '冷藏设施.适用限定标准',
        }),
        ['冷藏设施.限定标准额', 'bounded AND bound_fen IS NULL'],
      ],
      pending: [
        ['同类建设主体', 'kind IS NULL AND similar_one IS NULL'],
        ['冷藏设施验收合格', 'accepted IS NULL'],
      ],
      payee: 'builder',
      caps: [
        { keys: ['builder', `coalesce(year(listed)::VARCHAR, '?')`], limit: '100000000::BIGINT' },
      ],
    },
  ],
};

export const COMMERCE: readonly Hand[] = [SUBSIDY, BASE, STORE, WAREHOUSE, COLD_STORE];
