import { useState } from 'react';
import { useLocation } from 'wouter';
import { clockNames, functionNames, warningNames } from '../../contract/french.js';
import { capital, count, fr, listed } from '../../contract/french-typography.js';
import type { BoardRequest } from '../../contract/live.js';
import type { FunctionCode } from '../../domain/entry.js';
import { WARNING_KINDS, type WarningKind } from '../../domain/events.js';
import { dismissRequest, dismissRequests, useRequests } from '../requests.js';
import { Button } from '../ui/button.js';
import { Badge } from '../ui/state-label.js';
import { Icon } from '../ui/icons.js';

const SHOWN = 5;
/** More steps than these are counted, not named: opened late, an hour warns of all its steps at once. */
const NAMED = 5;

/**
 * What the engine or somebody asks of me: stays until it is opened or dismissed. It lies over the page, in its corner: a
 * warning that pushed the page down would make a finger miss what it touches.
 */
export function RequestsList({ current }: { current: string | undefined }) {
  const requests = useRequests();
  const [all, setAll] = useState(false);
  if (requests.length === 0) return null;
  const latest = [...requests].reverse();
  const shown = all ? latest.slice(0, SHOWN) : latest.slice(0, 1);
  return (
    <section className="requests" aria-label="Demandes">
      <div className="requests-head">
        <h2>{capital(count(requests.length, 'demande'))}</h2>
        {requests.length > 1 && <Button size="small" kind="tertiary" onPress={() => setAll(!all)}>{all ? 'Réduire' : 'Les voir'}</Button>}
        {requests.length > 1 && <Button size="small" kind="tertiary" onPress={dismissRequests}>Tout écarter</Button>}
      </div>
      <ul aria-live="polite" aria-relevant="additions">
        {shown.map((request) => <OneRequest key={request.id} request={request} current={current} />)}
      </ul>
    </section>
  );
}

function OneRequest({ request, current }: { request: BoardRequest; current: string | undefined }) {
  const [, navigate] = useLocation();
  const words = wordsOf(request);
  const open = () => {
    dismissRequest(request.id);
    navigate(addressOfRequest(request));
  };
  return (
    <li>
      <Icon shape={request.kind === 'warnings' ? 'warn' : 'info'} size={18} />
      <span>
        {request.mark && <Badge tone="ex">{request.mark}</Badge>} {words} {request.mark && <Badge tone="ex">{request.mark}</Badge>}
        {current !== undefined && request.activation !== current && <span className="dim"> {fr('dans une autre activation')}</span>}
      </span>
      <span className="requests-actions">
        <Button size="small" onPress={open}>Ouvrir<span className="hidden">{fr(` : ${words}`)}</span></Button>
        <Button size="small" kind="tertiary" onPress={() => dismissRequest(request.id)}>Écarter<span className="hidden">{fr(` : ${words}`)}</span></Button>
      </span>
    </li>
  );
}

/** One sentence for a request. */
export function wordsOf({ kind, body }: BoardRequest): string {
  const step = String(body['step'] ?? '');
  switch (kind) {
    case 'warnings': return warningWords((body['items'] ?? []) as Warned[]);
    case 'step-assigned': return fr(`L'étape ${step} vous est confiée`);
    case 'step-reopened': return fr(`L'étape ${step} est rouverte`);
    case 'visa-awaited': return fr(`Un visa vous attend : ${step}`);
    case 'handover': return fr(`On vous passe la fonction ${functionNames[body['function'] as FunctionCode] ?? ''}`);
    case 'nu-ordered': return fr(`Numéro unique ordonné : ${clockNames.nu} court`);
    case 'oral-to-confirm': return fr(`Une décision orale attend votre confirmation, entrée ${String(body['entry'] ?? '')}`);
    case 'declaration': return fr('Une déclaration SYNERGI attend une réponse');
    default: return fr('Une demande vous attend');
  }
}

interface Warned {
  step: string;
  kind: WarningKind;
}

/** The gravest first; a step is named once, under the gravest of its warnings. */
function warningWords(items: readonly Warned[]): string {
  const left = new Set(items.map(({ step }) => step));
  const parts = [...WARNING_KINDS].reverse().flatMap((kind) => {
    const steps = items.filter((item) => item.kind === kind && left.delete(item.step)).map(({ step }) => step);
    return steps.length === 0 ? [] : [`${warningNames[kind]} : ${steps.length > NAMED ? count(steps.length, 'étape') : listed(steps)}`];
  });
  return fr(capital(parts.join(' · ')));
}

function addressOfRequest({ kind, body, activation }: BoardRequest): string {
  const page = `/activations/${activation}`;
  const items = body['items'] as { step: string }[] | undefined;
  const step = (body['step'] as string | undefined) ?? items?.[0]?.step;
  if (kind === 'handover') return `${page}?voir=fonctions`;
  return step ? `${page}?etape=${step}` : page;
}
