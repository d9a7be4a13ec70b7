// Rounds of product and yardstick interleaved, median of five: ratios hold where figures drift.

export const median = (values) => [...values].sort((x, y) => x - y)[Math.floor(values.length / 2)];
export const percentile = (values, p) => [...values].sort((x, y) => x - y)[Math.min(values.length - 1, Math.floor(values.length * p))];

/** Runs both sides in turn, `rounds` times; the yardstick's own spread says whether the machine was quiet enough. */
export async function interleaved(rounds, product, yardstick) {
  const ours = [];
  const theirs = [];
  for (let round = 0; round < rounds; round++) {
    theirs.push(await yardstick(round));
    ours.push(await product(round));
  }
  const spread = (values) => Math.max(...values) / Math.min(...values);
  return { ours, theirs, noisy: (pick) => spread(theirs.map(pick)) >= 2 };
}

/** One figure against its yardstick. `better` says which way is good for the ratio value/yardstick. */
export function figure(name, { value, unit, yardstick = null, goal, better = 'more', noisy = false }) {
  const ratio = yardstick === null ? null : value / yardstick;
  const measured = ratio ?? value;
  const reached = better === 'more' ? measured >= goal : measured <= goal;
  return { figure: name, value: round(value), unit, yardstick: yardstick === null ? null : round(yardstick), ratio: ratio === null ? null : round(ratio), goal: `${better === 'more' ? '>=' : '<='} ${goal}`, ok: reached ? true : noisy ? 'noisy' : false };
}

const round = (value) => (Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 1000) / 1000);

export function table(figures) {
  const rows = figures.map((f) => [f.figure, `${f.value} ${f.unit}`, f.yardstick === null ? '-' : `${f.yardstick} ${f.unit}`, f.ratio === null ? '-' : String(f.ratio), f.goal, f.ok === true ? 'ok' : f.ok === 'noisy' ? 'noisy' : 'SHORT']);
  const head = ['figure', 'value', 'yardstick', 'ratio', 'goal', ''];
  const widths = head.map((_, i) => Math.max(head[i].length, ...rows.map((row) => row[i].length)));
  const line = (cells) => `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
