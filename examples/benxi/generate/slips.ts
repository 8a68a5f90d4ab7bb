/** The planted slips: what is wrong or odd in which cell of which form, and what must come of it. */
import { withWrongCheck } from './code.ts';
import { firmCode } from './planted/firm.ts';
import type { Slip, Slips } from './forms/form.ts';
import type { Cell } from './workbook.ts';

const text = (value: string): Cell => ({ look: 'text', text: value });
const number = (value: string): Cell => ({ look: 'general', number: value });

const CODE = '统一社会信用代码';
const RETAIL = '零售额/本月';

const zone = (n: number): string => firmCode(n, '91', '高新区');
const hotel = firmCode(52);

const cells: readonly Slip[] = [
  {
    form: 'retail-2023-11',
    id: firmCode(51),
    heading: CODE,
    cell: text(withWrongCheck(firmCode(51))),
    code: 'uscc-check',
    severity: 'error',
    note: '信用代码第18位校验错；该户11月缺数',
  },
  {
    form: 'lodging-2023-09',
    id: hotel,
    heading: CODE,
    cell: { look: 'text', text: `${hotel.slice(0, 1)}.${hotel.slice(1, 6)}E+17` },
    code: 'code-damaged',
    severity: 'error',
    note: '信用代码被表格软件改成科学计数法；该户9月缺数',
  },
  {
    form: 'dues',
    id: zone(128),
    heading: CODE,
    cell: text(zone(128).slice(0, 17)),
    code: 'uscc-length',
    severity: 'error',
    note: '信用代码少一位；该户缴费数未知',
  },
  {
    form: 'negative',
    id: firmCode(142),
    heading: CODE,
    cell: text(`${firmCode(142).slice(0, 11)}O${firmCode(142).slice(12)}`),
    code: 'uscc-alphabet',
    severity: 'error',
    note: '信用代码里的数字写成字母O；该户负面清单未知',
  },
  {
    form: 'retail-2023-09',
    id: firmCode(55),
    heading: RETAIL,
    cell: text('４８６６６'),
    code: '',
    severity: 'none',
    note: '全角数字，应读作48666千元',
  },
  {
    form: 'retail-2023-11',
    id: firmCode(54),
    heading: RETAIL,
    cell: number('12000'),
    code: '',
    severity: 'none',
    note: '把12000万元按万元填进千元表：读作1200万元。只能由人发现（同户9、10月为9000万元），系统照读',
  },
  {
    form: 'retail-2023-10',
    id: firmCode(56),
    heading: RETAIL,
    cell: number('-45000'),
    code: 'number-negative',
    severity: 'error',
    note: '零售额为负；该户10月缺数',
  },
  {
    form: 'retail-2023-10',
    id: firmCode(41),
    heading: RETAIL,
    cell: text(''),
    code: '',
    severity: 'none',
    note: '空月：10月零售额没有填，读作未知，不是0',
  },
  {
    form: 'stores',
    id: 'SD-915',
    heading: '开业日期',
    cell: number('45258'),
    code: 'date-serial',
    severity: 'warning',
    note: '日期是表格软件的序号45258，即2023-11-28',
  },
  {
    form: 'stores',
    id: 'SD-941',
    heading: '首店层级',
    cell: text('全囯'),
    code: 'option-unknown',
    severity: 'error',
    note: '首店层级写成“全囯”；整行退回，这家店没有进来',
  },
  {
    form: 'stores',
    id: 'SD-913',
    heading: '所在载体编号',
    cell: text('ZT-905'),
    code: '',
    severity: 'none',
    note: '载体ZT-905不在商业载体名录里：谁都没有报',
  },
  {
    form: 'farm-loans',
    id: 'DK-914-1',
    heading: '合同或重定价日期',
    cell: text('2023-02-30'),
    code: 'date-impossible',
    severity: 'error',
    note: '没有这一天；整行退回，项目SN-914的另一笔贷款也退回，没有贷款明细',
  },
  {
    form: 'jobs',
    id: firmCode(106, '91', '本溪满族自治县'),
    heading: '政务数据是否齐备',
    cell: text('基本齐备'),
    code: 'bool-text',
    severity: 'error',
    note: '既不是“是”也不是“否”；整行退回，该户就业各项未知',
  },
  {
    form: 'sites',
    id: 'XQ-902',
    heading: '日光温室/占地面积（亩）',
    cell: text('10亩'),
    code: '',
    severity: 'none',
    note: '数字后带单位，应读作10亩',
  },
  {
    form: 'contracts',
    id: 'HT-901',
    heading: '付款额/2023年11月22日起',
    cell: text('860,000.00'),
    code: '',
    severity: 'none',
    note: '文本里带千分位逗号，应读作860000元',
  },
  {
    form: 'users',
    id: '0210500017',
    heading: '用户编号',
    cell: number('210500017'),
    code: 'code-zeros',
    severity: 'error',
    note: '用户编号开头的0被表格软件去掉',
  },
];

/** The planted register of slips. */
export const slips: Slips = {
  cells,
  repeats: [
    { form: 'retail-2023-09', id: firmCode(57), note: '同一户报了两行，内容相同，只读一次' },
    {
      form: 'insured',
      id: zone(129),
      changed: { heading: '2022年减员/离职减员合计', cell: { look: 'whole', number: '9' } },
      note: '同一户两行，离职减员一行1人、一行9人：两行都退回，该户参保情况未知',
    },
  ],
  totals: [
    {
      form: 'retail-2023-10',
      heading: '商品销售额/本月',
      more: 1000n,
      note: '总计比各行之和多1000千元',
    },
  ],
};
