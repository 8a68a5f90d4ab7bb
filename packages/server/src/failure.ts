/** What went wrong, told to the person: cause and next step, never a stack. */
import type { Refusal } from '@zhida/register';
import type { Language } from '@zhida/rules';
import type { RunError } from '@zhida/screening';
import { Stopped } from './interrupt.ts';
import { tell } from './phrases.ts';
import { registerWords } from './register-words.ts';
import { UsageError } from './usage.ts';

/** Codes of the operating system that a person can do something about. */
const SYSTEM: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  EACCES: { zh: '没有权限', en: 'permission denied' },
  EPERM: { zh: '没有权限', en: 'permission denied' },
  EROFS: { zh: '磁盘只读', en: 'the disk is read-only' },
  ENOSPC: { zh: '磁盘已满', en: 'the disk is full' },
  EMFILE: { zh: '打开的文件太多', en: 'too many open files' },
  ENOTDIR: { zh: '路径中有一段不是文件夹', en: 'a part of the path is no folder' },
  EISDIR: { zh: '这是文件夹，不是文件', en: 'it is a folder, not a file' },
  ENOENT: { zh: '不存在', en: 'it does not exist' },
  EEXIST: { zh: '已有同名文件', en: 'there is a file of this name' },
};

function systemText(e: Error, language: Language): string | undefined {
  const { code, path } = e as NodeJS.ErrnoException;
  const words = SYSTEM[code ?? ''];
  if (words === undefined) return undefined;
  return `${path ?? ''}${language === 'zh' ? '：' : ': '}${words[language]}`;
}

// By name: the rooms that throw them are loaded only when they are needed.
const isRefusal = (e: unknown): e is Refusal => e instanceof Error && e.name === 'Refusal';
const isRunError = (e: unknown): e is RunError => e instanceof Error && e.name === 'RunError';

/** Text of a failure in the reader's language. */
export async function failureText(e: unknown, language: Language): Promise<string> {
  if (e instanceof UsageError || isRefusal(e)) return e.text(language);
  if (isRunError(e)) {
    const { runProblemText } = await import('@zhida/screening');
    return runProblemText(e.code, e.params, language);
  }
  if (e instanceof Stopped) return tell(registerWords.stopped, language);
  const why = e instanceof Error ? e.message : String(e);
  const known = e instanceof Error ? systemText(e, language) : undefined;
  if (known !== undefined) return known;
  return language === 'zh'
    ? `程序内部出错，请报告：${why}（设 ZHIDA_TRACE=1 可看出错位置）`
    : `an error in the program, please report it: ${why} (ZHIDA_TRACE=1 shows where)`;
}
