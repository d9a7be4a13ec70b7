/** In rem: the width that the communes have on a wall, the line above each circle where there are several. */
const WIDTH = 45;
/** Between two tiles, of their side. */
const BETWEEN = 0.125;
const TITLE = 2.5;
const LARGEST = 2.5;
const SMALLEST = 0.3125;

/** The largest side, in rem, with which so many tiles of each circle fit into that height. */
export function tileSide(groups: readonly number[], height: number): number {
  const room = height - (groups.length > 1 ? groups.length * TITLE : 0);
  for (let side = LARGEST; side > SMALLEST; side -= 0.0625) {
    const inARow = Math.floor((WIDTH / side + BETWEEN) / (1 + BETWEEN));
    const rows = groups.reduce((sum, tiles) => sum + Math.ceil(tiles / inARow), 0);
    if (rows * side * (1 + BETWEEN) <= room) return side;
  }
  return SMALLEST;
}
