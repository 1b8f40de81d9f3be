/** A table as Prettier would leave it. The first line is the heading. */
export function markdownTable(lines: readonly (readonly string[])[]): string {
  const widths =
    lines[0]?.map((_, column) => Math.max(3, ...lines.map((line) => line[column]?.length ?? 0))) ?? []
  const drawn = lines.map((line) => lineOf(line.map((text, column) => text.padEnd(widths[column] ?? 0))))
  const rule = lineOf(widths.map((width) => '-'.repeat(width)))
  return `${[drawn[0], rule, ...drawn.slice(1)].join('\n')}\n`
}

/** The lines of a table that `markdownTable` wrote, without its heading. */
export function readTable(table: string): readonly (readonly string[])[] {
  return table
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((text) => text.trim()),
    )
}

const lineOf = (texts: readonly string[]): string => `| ${texts.join(' | ')} |`
