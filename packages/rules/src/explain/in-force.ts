/** Names and readings as an engine has them in force, for walking its expressions. */
import type { Engine } from '../evaluate/decide.ts';
import type { Definitions } from '../lower/walk.ts';

export function inForce(engine: Engine): Definitions {
  const { ruleSet } = engine;
  return {
    decision: (name) => ruleSet.decisions.find((d) => d.name === name)?.expr,
    reading: (id) => {
      const found = ruleSet.interpretations.find((i) => i.id === id);
      const chosen = found?.alternatives.find((a) => a.key === engine.inForce(id));
      return [chosen?.expr ?? []].flat();
    },
  };
}
