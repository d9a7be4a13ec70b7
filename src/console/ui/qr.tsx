import type { Qr as Drawing } from '../../contract/people.js';

/** Black on white in both themes: telephones read it so. */
export function Qr({ size, path, label }: Drawing & { label: string }) {
  const margin = 4;
  return (
    <svg className="qr" viewBox={`${-margin} ${-margin} ${size + 2 * margin} ${size + 2 * margin}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect x={-margin} y={-margin} width={size + 2 * margin} height={size + 2 * margin} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
