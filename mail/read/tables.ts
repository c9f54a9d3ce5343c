// Tables of HTML as lines of text. It draws nothing and aligns nothing.
import type { FormatCallback, SelectorDefinition } from "html-to-text";

const row: FormatCallback = (element, walk, builder) => {
  builder.openBlock({ leadingLineBreaks: 1 });
  // What stands between cells is the source's layout, save where somebody forgot the cell.
  walk((element.children ?? []).filter(({ type, data }: Element) => type !== "text" || data?.trim() !== ""), builder);
  builder.closeBlock({ trailingLineBreaks: 1 });
};

const cell: FormatCallback = (element, walk, builder) => {
  const isLayout = hasBlocks(element.children as readonly Element[], deepest);
  if (isLayout) builder.openBlock({ leadingLineBreaks: 1 });
  walk(element.children, builder);
  if (isLayout) builder.closeBlock({ trailingLineBreaks: 1 });
  else builder.addLiteral("\t");
};

/** A row is a line, its cells a tab apart; a cell that has blocks of its own, as in a layout, is a block. */
export const tables = {
  selectors: [
    { selector: "tr", format: "row" },
    { selector: "td", format: "cell" },
    { selector: "th", format: "cell" },
  ] satisfies SelectorDefinition[],
  formatters: { row, cell },
};

interface Element {
  readonly type?: string;
  readonly name?: string;
  readonly data?: string;
  readonly children?: readonly Element[];
}

const blocks = new Set("p div br hr blockquote pre ul ol table h1 h2 h3 h4 h5 h6 section article".split(" "));

const deepest = 20;

function hasBlocks(children: readonly Element[], depth: number): boolean {
  return children.some(({ name = "", children: below = [] }) => blocks.has(name) || (depth > 0 && hasBlocks(below, depth - 1)));
}
