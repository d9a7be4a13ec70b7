import type { Me } from '../../../contract/live.js';
import type { Board } from '../../board.js';
import type { Where } from './where.js';

/** What every part of the hour is given. */
export interface HourProps {
  board: Board;
  me: Me;
  /** Opens a step, a panel or an entry. */
  open: (where: Where) => void;
}
