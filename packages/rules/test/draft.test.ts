/** Goal: a drafted package says what is still to be written, and never hides an award.
 *  Method: drafts of small texts, read back; one of them filled in wrongly on purpose. */
import { describe, expect, it } from 'vitest';
import { draftPackage, readPackage } from '../src/index.ts';

const TEXT = [
  '柳河市人民政府关于支持企业的通知',
  '柳政规〔2024〕5号',
  '1. 支持企业。对新认定的企业，奖励30万元。',
  '2. 对首次达标的企业，按投资额的5%补助。',
  '（责任单位：市商务局、市财政局）',
  '2024年2月20日',
].join('\n\n');

function codes(files: readonly { readonly path: string; readonly text: string }[]): string[] {
  return readPackage(files).problems.map((p) => p.code);
}

describe('a draft', () => {
  const files = draftPackage(TEXT, 'liuhe');

  it('joins to the text and knows its units', () => {
    expect(codes(files)).not.toContain('text-differs');
    expect(codes(files)).not.toContain('source-hash');
    expect(readPackage(files).ruleSet.units.map((u) => u.name)).toEqual(['市商务局', '市财政局']);
  });

  it('files headings only under headings', () => {
    const { ruleSet, problems } = readPackage(files);
    const headings = ruleSet.remarks.filter((p) => p.name === '标题').map((p) => p.id);
    expect(headings).toEqual(['1.0']);
    const unbound = problems.filter((p) => p.code === 'text-unbound').map((p) => p.params['words']);
    expect(unbound.join()).toContain('对新认定的企业，奖励30万元。');
    expect(unbound.join()).toContain('2.对首次达标的企业，按投资额的5%补助。');
  });

  it('asks for what the text does not say', () => {
    const missing = readPackage(files).problems.filter((p) => p.code === 'manifest-missing');
    expect(missing.map((p) => p.params['key'])).toEqual(['title_en', 'effective']);
  });
});

describe('说明', () => {
  it('cannot wave an amount or a rate aside', () => {
    const files = draftPackage(TEXT, 'liuhe').map((f) => ({
      ...f,
      text: f.text.replace(
        /\/\/ 待写 unbound (\S+?)(?:；.*)?\n/gu,
        '```说明 $1 原则\nen: Principle\n理由: 原则 / A principle\n```\n',
      ),
    }));
    const left = readPackage(files).problems.filter((p) => p.code === 'number-unbound');
    expect(left.map((p) => p.params['number'])).toEqual(['30万元', '5%']);
  });
});
