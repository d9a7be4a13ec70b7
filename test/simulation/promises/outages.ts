import { MINUTE, toMs, type Ms } from '../../../src/domain/time.js';
import type { Promised } from '../seen.js';
import { wallOf } from '../wall.js';

/** What fails at first is owed until the disk has room again: fifteen minutes at most in a simulated night. */
const OWED_FOR: Ms = 20 * MINUTE;

/** Nobody was watching: each activation that ran says so, from no later than the death to no earlier than the restart. */
export const outages: Promised = {
  name: 'outages are noted',
  *breaches({ witness, journals, endedAt }) {
    const { happenings, commits } = witness;
    const wall = wallOf(happenings);
    const downs = happenings.flatMap(({ at, what }, i) => {
      const up = what === 'down' ? happenings.slice(i).find((later) => later.what === 'up') : undefined;
      return up ? [{ from: at, to: up.at, wallFrom: wall(at), wallTo: wall(up.at) }] : [];
    });
    // The clock was put back behind the last mark, which a full disk kept from moving: the restart counts from the mark, and can know no better.
    const latestMark = (from: Ms) => Math.max(wall(from), ...happenings.flatMap(({ at, what }) => (what === 'step' && at <= from && at >= from - OWED_FOR ? [wall(at - 1)] : [])));
    const starts = happenings.filter(({ what }) => what === 'start').map(({ at }) => ({ at, wall: wall(at) }));
    for (const [id, { entries, summary: { lane } }] of journals) {
      const own = commits.filter(({ activation }) => activation === id);
      const takenAt = (seq: number) => own.find(({ toSeq }) => toSeq >= seq)!.at;
      const end = entries.find(({ type }) => type === 'activationEnded' || type === 'openedByMistake');
      const over = end ? takenAt(end.seq) : endedAt;
      const noted = entries.flatMap((entry) => (entry.type === 'outageNoted' ? [{ seq: entry.seq, from: toMs(entry.payload.from), to: toMs(entry.payload.to), at: takenAt(entry.seq) }] : []));
      for (const { from, to, wallFrom, wallTo } of downs) {
        // Opened in the very moment of the death: the list that the next process read may or may not have had it.
        if (own[0]!.at >= from || over < to + OWED_FOR) continue;
        // An exercise says it in its own time: there, that it says it soon is what is looked at.
        const said = lane === 'exercise' ? noted.some((one) => one.at >= to && one.at <= to + OWED_FOR) : covers(noted, Math.min(wallFrom, wallTo), wallTo) || noted.some((one) => one.to === wallTo && one.from <= latestMark(from));
        if (!said) yield `${id}: nobody noted that nothing ran from ${from} to ${to}`;
      }
      for (const { seq, to, at } of noted) {
        const was = starts.some((start) => (lane === 'exercise' ? start.at <= at && at <= start.at + OWED_FOR : start.wall === to));
        if (!was) yield `${id}: entry ${seq} notes an outage that was none`;
      }
    }
  },
};

/** A process that died as it started leaves two notes, or three, that join. */
function covers(noted: readonly { from: Ms; to: Ms }[], from: Ms, to: Ms): boolean {
  let reached = from;
  for (const one of noted) if (one.from <= reached) reached = Math.max(reached, one.to);
  return reached >= to && noted.some((one) => one.from <= from && one.to >= from);
}
