/** Forms about upgrading, science, technology contracts and performing arts. */
import { day, flag, id, money, reference, text, word } from './bureau.ts';
import type { Bureaus } from './bureau.ts';
import type { Column } from './form.ts';
import type { File } from './mapping.ts';

const owner = (b: Bureaus): Column[] => reference('企业信用代码', '企业', b.nameOf, '企业名称');

function upgradeFile(b: Bureaus): File {
  return {
    file: '市工业和信息化局-技术改造项目.xlsx',
    source: '市工业和信息化局 技术改造项目',
    unit: '市工业和信息化局',
    kind: 'xlsx',
    recognise: ['市工业和信息化局', '技术改造'],
    forms: [
      b.form('市工业和信息化局', '2023年12月13日', {
        key: 'upgrades',
        sheet: '技改项目',
        title: '制造业技术改造项目储备和申报汇总',
        table: '技改项目',
        unit: '万元',
        total: true,
        columns: [
          id('项目编号'),
          text('项目名称', '名称'),
          ...owner(b),
          flag('是否技术改造升级', '技术改造升级'),
          word('申报支持方式', '支持方式'),
          flag('列入省级专项', '列入省级专项'),
          money('投资/审定设备软件', '审定设备软件投资'),
          money('投资/备案总投资', '备案总投资'),
          day('申报日期', '申报日期'),
        ],
        note: '列入省级专项为空的，省级名单尚未公布。',
      }),
    ],
  };
}

function scienceFile(b: Bureaus): File {
  return {
    file: '市科技局-科技项目和技术合同.xlsx',
    source: '市科技局 科技项目和技术合同',
    unit: '市科技局',
    kind: 'xlsx',
    recognise: ['市科技局', '科技项目'],
    forms: [
      b.form('市科技局', '2023年12月12日', {
        key: 'science',
        sheet: '科技项目',
        title: '企业科技攻关项目汇总',
        table: '科技项目',
        unit: '万元',
        columns: [
          id('项目编号'),
          text('项目名称', '名称'),
          ...owner(b),
          word('项目类别', '类别'),
          flag('组建创新联合体', '组建创新联合体'),
          flag('列入断点卡点堵点清单', '列入断点清单'),
          flag('省以上立项', '省以上立项'),
          day('立项日期', '立项日期'),
          money('投资/审定实际投资', '审定实际投资'),
          money('投资/批复预算', '批复投资预算'),
          flag('领军企业承担', '由领军企业承担'),
          money('联合计划/总额', '联合计划总额'),
          money('联合计划/企业出资', '企业出资额'),
        ],
      }),
      b.form('市科技局', '2023年12月12日', {
        key: 'contracts',
        sheet: '技术合同',
        title: '技术合同登记和付款汇总',
        table: '技术合同',
        unit: '元',
        columns: [
          id('登记编号'),
          text('合同名称', '名称'),
          ...owner(b),
          word('合同类别', '方式'),
          word('成果方类型', '成果方类型'),
          flag('已登记', '已登记'),
          day('末次付款日期', '付款日期'),
          money('付款额/2023年11月22日起', '印发后付款额', '元'),
          money('付款额/累计', '累计付款额', '元'),
          flag('其他承接方式认定', '认定 其他技术承接方式'),
        ],
      }),
    ],
  };
}

function showFile(b: Bureaus): File {
  return {
    file: '市文化旅游和广电局-演艺项目.xlsx',
    source: '市文化旅游和广电局 演艺项目',
    unit: '市文化旅游和广电局',
    kind: 'xlsx',
    recognise: ['市文化旅游和广电局', '演艺'],
    forms: [
      b.form('市文化旅游和广电局', '2023年12月6日', {
        key: 'shows',
        sheet: '演艺项目',
        title: '文旅演艺项目汇总',
        table: '演艺项目',
        unit: '万元',
        columns: [
          id('项目编号'),
          text('项目名称', '名称'),
          ...reference('主体信用代码', '主体', b.nameOf, '主体名称'),
          flag('是否文旅演艺', '文旅演艺'),
          money('实际投资', '实际投资'),
          flag('专家评审（是否优秀）', '认定 优秀文旅演艺项目'),
        ],
      }),
    ],
  };
}

/** Files of the bureaus of industry, science and culture. */
export function industryFiles(b: Bureaus): File[] {
  return [upgradeFile(b), scienceFile(b), showFile(b)];
}
