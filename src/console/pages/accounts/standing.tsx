import { count, fr } from '../../../contract/french-typography.js';
import type { AccountLine } from '../../../contract/people.js';
import { needsSecondFactor } from '../../../domain/administration-rules.js';
import { Badge } from '../../ui/state-label.js';

/** Whether they can enter, and how well that is protected. */
export function Standing({ line: { rights, hasPassword, secondFactor, recoveryCodesLeft, disabledAt, erasedAt } }: { line: AccountLine }) {
  if (erasedAt !== null) return <Badge>Effacé</Badge>;
  if (disabledAt !== null) return <Badge tone="over">Désactivé</Badge>;
  const factor = secondFactor
    ? <Badge tone={recoveryCodesLeft < 3 ? 'watch' : 'ok'}>{fr(`Second facteur${recoveryCodesLeft < 3 ? `, ${count(recoveryCodesLeft, 'code')} de secours` : ''}`)}</Badge>
    : needsSecondFactor(rights, false) ? <Badge tone="watch">Second facteur à mettre en place</Badge> : null;
  return <>{!hasPassword && <Badge tone="watch">Invitation en attente</Badge>}{hasPassword && factor}</>;
}
