/** Text that remembers where in a file each of its characters came from. */
import type { Place } from '../problem.ts';

interface Piece {
  readonly from: number;
  readonly place: Place;
}

export class Located {
  readonly text: string;
  readonly #pieces: readonly Piece[];

  constructor(text: string, pieces: readonly Piece[]) {
    this.text = text;
    this.#pieces = pieces;
  }

  static at(text: string, place: Place): Located {
    return new Located(text, [{ from: 0, place }]);
  }

  place(offset = 0): Place {
    const piece = this.#pieces.findLast((p) => p.from <= offset) ?? this.#pieces[0];
    if (piece === undefined) throw new Error('a located text has at least one piece');
    return { ...piece.place, column: piece.place.column + offset - piece.from };
  }

  /** The characters from `start` to `end`, white space at both ends taken off. */
  slice(start: number, end: number = this.text.length): Located {
    const cut = this.text.slice(start, end);
    const lead = cut.length - cut.trimStart().length;
    const from = cut.trim() === '' ? start : start + lead;
    const pieces = this.#pieces.filter((p) => p.from > from && p.from < end);
    return new Located(cut.trim(), [
      { from: 0, place: this.place(from) },
      ...pieces.map((p) => ({ from: p.from - from, place: p.place })),
    ]);
  }

  /** A line and its continuation lines, joined by one space each. */
  static joined(lines: readonly Located[]): Located {
    let from = 0;
    const pieces = lines.flatMap((line) => {
      const moved = line.#pieces.map((p) => ({ from: p.from + from, place: p.place }));
      from += line.text.length + 1;
      return moved;
    });
    return new Located(lines.map((line) => line.text).join(' '), pieces);
  }
}
