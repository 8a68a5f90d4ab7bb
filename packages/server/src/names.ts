/** Names of the package in the reader's language: items, gates, units, facts. */
import type { Language, RuleSet } from '@zhida/rules';
import { named } from './words.ts';

export class Names {
  readonly language: Language;
  readonly #ruleSet: RuleSet;

  constructor(ruleSet: RuleSet, language: Language) {
    this.#ruleSet = ruleSet;
    this.language = language;
  }

  item(name: string): string {
    const en = this.#ruleSet.items.find((i) => i.name === name)?.en;
    return named(name, en ?? '', this.language);
  }

  cap(name: string): string {
    return named(name, this.#ruleSet.caps.find((c) => c.name === name)?.en ?? '', this.language);
  }

  gate(name: string): string {
    return named(name, this.#ruleSet.gates.find((g) => g.name === name)?.en ?? '', this.language);
  }

  unit(name: string): string {
    const { units, rosters } = this.#ruleSet;
    const en = [...units, ...rosters].find((u) => u.name === name)?.en;
    return named(name, en ?? '', this.language);
  }

  entity(name: string): string {
    return named(
      name,
      this.#ruleSet.entities.find((e) => e.name === name)?.en ?? '',
      this.language,
    );
  }

  /** `企业.月限上零售额`: in English the fact's own words, with the path for the officer's table. */
  fact(path: string): string {
    if (this.language === 'zh') return path;
    const [head = '', ...parts] = path.split('.');
    let entity = this.#ruleSet.entities.find((e) => e.name === head);
    let en = this.#ruleSet.decisions.find((d) => d.name === path)?.en ?? '';
    for (const part of parts) {
      const fact = entity?.facts.find((f) => f.name === part);
      en = fact?.en ?? '';
      const type = fact?.type;
      const next = type?.t === 'entity' || type?.t === 'rows' ? type.entity : '';
      entity = this.#ruleSet.entities.find((e) => e.name === next);
    }
    return en === '' ? path : `${en} (${path})`;
  }
}
