/** What each kind of block may hold: keys, attributes of its first line, columns of its table. */
import type { Keyword } from '../package/markdown.ts';

export interface Shape {
  /** Keys of its lines; undefined where the keys are checked while the block is read. */
  readonly keys?: readonly string[];
  readonly required?: readonly string[];
  readonly attributes: readonly string[];
  /** Columns of its table; undefined where the author names them, empty where none may stand. */
  readonly columns?: readonly string[];
  readonly requiredColumns?: readonly string[];
  /** How a line without a key begins, where such lines are allowed. */
  readonly bare?: RegExp;
}

const duty: Shape = { attributes: [], columns: [] };

export const SHAPES: Readonly<Record<Keyword, Shape>> = {
  事实: {
    keys: ['en', '说明'],
    attributes: ['标识'],
    columns: ['名称', '类型', '期间', '来源单位', '材料', '用途', 'en'],
    requiredColumns: ['名称', '类型'],
  },
  参数: { keys: ['en', '键', '来源', '说明'], attributes: ['单位', '自'] },
  单位: {
    keys: ['en', '说明'],
    attributes: [],
    columns: ['名称', '类别', '说明', 'en'],
    requiredColumns: ['名称', '类别'],
  },
  名册: {
    keys: ['en', '说明'],
    attributes: ['名额'],
    columns: ['席位', '单位'],
    requiredColumns: ['席位', '单位'],
  },
  决策: { keys: ['en', '依据', '说明', '除外'], attributes: ['单位'], columns: [], bare: /^/u },
  决策表: { keys: ['en', '依据', '说明'], attributes: ['命中', '自', '来源'] },
  条件: { keys: ['en', '适用', '依据', '说明'], attributes: ['方式'], columns: [], bare: /^-/u },
  认定: {
    keys: ['en', '对象', '标准', '材料', '依据', '说明'],
    attributes: ['单位'],
    columns: [],
  },
  待遇: { required: ['办理路径', '材料'], attributes: [], columns: [] },
  封顶: {
    keys: ['en', '次序', '当', '依据', '说明'],
    attributes: [],
    columns: [],
    bare: /^合计\(/u,
  },
  权益: { required: ['办理单位', '材料'], attributes: [], columns: [] },
  任务: duty,
  指标: duty,
  清单: duty,
  活动: duty,
  服务: duty,
  宣传: duty,
  责任: { keys: ['en', '依据', '说明'], attributes: [], columns: [] },
  说明: { keys: ['en', '理由', '依据'], attributes: [], columns: [] },
  解释: {
    keys: ['问题', '甲', '乙', '丙', '丁', '戊', '己', '影响', '说明'],
    attributes: ['问', '状态', '采用', '文号', '日期'],
    columns: [],
  },
  用例: { attributes: [], bare: /^/u },
};

/** Keys that may stand more than once in a block. */
export const REPEATABLE: ReadonlySet<string> = new Set([
  '',
  '当',
  '不超过',
  '说明',
  '依据',
  '除外',
]);

/** Lines whose value is one of a few words. */
export const CHOICES: readonly {
  readonly keyword: Keyword;
  readonly key: string;
  readonly known: readonly string[];
}[] = [
  { keyword: '条件', key: '方式', known: ['全部满足', '任一满足'] },
  { keyword: '条件', key: '适用', known: ['全部待遇', '全部事项'] },
  { keyword: '指标', key: '力度', known: ['约束', '力争'] },
];
