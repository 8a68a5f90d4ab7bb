/** Goal: the first command that a stranger types goes from the bureaus' workbooks to who is owed what, and
 *  the second time finds its work done. Method: it runs twice in a process of its own, in a temporary
 *  folder. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from './zhida.ts';
import type { Ran } from './zhida.ts';

const folder = mkdtempSync(join(tmpdir(), 'zhida-start-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const start = (language: string): Ran =>
  run('packages/server/src/start.ts', [folder], { LANG: language });

describe('npm start', { timeout: 240_000 }, () => {
  it('imports, screens, explains one decision with its sources, and says where to look', () => {
    const ran = start('zh_CN.UTF-8');
    expect([ran.code, ran.err]).toEqual([0, '']);
    for (const words of [
      '语句 140/140、数 149/149 已对应',
      '导入各单位的表格',
      '全库比对：谁应享什么',
      '合成数据',
      '缺什么数据，由谁补，最多值多少',
      '差一点',
      '超出限额',
      '一份判定说明，每个数都有来源',
      '市统计局-限额以上批发和零售业商品销售情况',
      '可看',
      '可试',
    ]) {
      expect(ran.out).toContain(words);
    }
    expect(ran.out).toMatch(/3\.3 +批零增量奖励 +\d.* 定额 [\d,]+元/u);
    for (const name of ['screening.xlsx', 'screening.html', 'decision.html', 'text.html']) {
      expect(existsSync(join(folder, name)), name).toBe(true);
    }
  });

  it('the second time imports nothing and shows the same run', () => {
    const again = start('zh_CN.UTF-8');
    expect([again.code, again.err]).toEqual([0, '']);
    expect(again.out).toMatch(/\d+ 个文件以前都导入过/u);
  });
});
