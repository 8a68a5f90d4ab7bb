/** Answers of bureaus to the match of data, one row for each firm. */
import type { Firm } from '../firm.ts';
import type { Column } from './form.ts';
import type { File } from './mapping.ts';
import { CODE, named, rowsOf } from './registry-columns.ts';

interface Match {
  readonly key: string;
  readonly file: string;
  readonly source: string;
  readonly unit: string;
  readonly kind: File['kind'];
  readonly recognise: readonly string[];
  readonly title: string;
  readonly date: string;
  readonly columns: readonly Column[];
}

const MATCHES: readonly Match[] = [
  {
    key: 'dues',
    file: '市税务局-2022年度失业保险费征缴明细.csv',
    source: '市税务局 失业保险费征缴明细',
    unit: '市税务局',
    kind: 'csv-gb18030',
    recognise: ['市税务局', '失业保险费'],
    title: '失业保险费征缴明细（2022年度）',
    date: '2023年12月4日',
    columns: [
      { heading: '单位缴费额（元）', label: '单位失业保险费', kind: 'money' },
      { heading: '职工缴费额（元）', label: '职工失业保险费', kind: 'money' },
      { heading: '是否足额缴纳（含补缴）', label: '失业保险足额缴费', kind: 'flag' },
    ],
  },
  {
    key: 'negative',
    file: '市发展改革委-负面清单比对反馈.csv',
    source: '市发展改革委 负面清单比对',
    unit: '市发展改革委',
    kind: 'csv',
    recognise: ['市发展改革委', '负面清单'],
    title: '严重失信等负面清单比对反馈',
    date: '2023年12月11日',
    columns: [
      {
        heading: '比对结果',
        label: '列入负面清单',
        kind: 'flag',
        words: { 是: '列入', 否: '未列入' },
      },
    ],
  },
  {
    key: 'environment',
    file: '市生态环境局-违规名单和碳配额比对反馈.xlsx',
    source: '市生态环境局 违规名单比对',
    unit: '市生态环境局',
    kind: 'xlsx',
    recognise: ['市生态环境局', '比对反馈'],
    title: '产业和环保政策违规名单比对反馈（2022年度）',
    date: '2023年12月8日',
    columns: [
      { heading: '2022年是否列入违规名单', label: '违反产业环保政策', kind: 'flag', width: 13 },
      { heading: '是否持有碳排放配额', label: '持有碳排放权', kind: 'flag', width: 12 },
    ],
  },
  {
    key: 'jobs',
    file: '市人力资源社会保障局-就业政策比对反馈.xlsx',
    source: '市人力资源社会保障局 就业政策比对',
    unit: '市人力资源社会保障局',
    kind: 'xlsx',
    recognise: ['市人力资源社会保障局', '比对反馈'],
    title: '就业政策数据比对反馈（2023年）',
    date: '2023年12月12日',
    columns: [
      { heading: '符合条件的新招用人数', label: '扩岗招用人数', kind: 'count', width: 14 },
      { heading: '其中：吸纳高校毕业生', label: '吸纳毕业生人数', kind: 'count', width: 14 },
      { heading: '创业孵化基地', label: '创业孵化基地', kind: 'flag', width: 10 },
      {
        heading: '就业容量大认定结果',
        label: '认定 就业容量大',
        kind: 'flag',
        words: { 是: '属于', 否: '不属于' },
        width: 12,
      },
      { heading: '政务数据是否齐备', label: '政务数据齐备', kind: 'flag', width: 10 },
    ],
  },
  {
    key: 'lists',
    file: '市文化旅游和广电局-文旅榜单比对反馈.xlsx',
    source: '市文化旅游和广电局 文旅榜单比对',
    unit: '市文化旅游和广电局',
    kind: 'xlsx',
    recognise: ['市文化旅游和广电局', '榜单'],
    title: '全国文化企业30强、中国旅游集团20强榜单比对反馈',
    date: '2023年12月6日',
    columns: [
      { heading: '全国文化企业30强/本届', label: '文化企业30强入选', kind: 'flag' },
      { heading: '全国文化企业30强/上届', label: '文化企业30强上届入选', kind: 'flag' },
      { heading: '中国旅游集团20强/本届', label: '旅游集团20强入选', kind: 'flag' },
      { heading: '中国旅游集团20强/上届', label: '旅游集团20强上届入选', kind: 'flag' },
    ],
  },
];

function matchFile(match: Match, firms: readonly Firm[]): File {
  const { key, file, source, unit, kind, recognise, title, date, columns } = match;
  const rows =
    key === 'dues' ? firms.filter((f) => f.facts['单位失业保险费'] !== undefined) : firms;
  return {
    file,
    source,
    unit,
    kind,
    recognise,
    forms: [
      {
        key,
        shape: key,
        sheet: kind === 'xlsx' ? '比对结果' : '',
        title,
        lines: [`填报单位：${unit}`, `填报日期：${date}`, ''],
        table: '企业',
        columns: [CODE, named('单位名称'), ...columns],
        rows: rowsOf(rows),
        notes: key === 'dues' ? [] : ['说明：空白为未能比对，待核。'],
      },
    ],
  };
}

/** The files of all matches. */
export function matchFiles(firms: readonly Firm[]): File[] {
  return MATCHES.map((match) => matchFile(match, firms));
}
