import { useCallback } from 'react';
import { useLocation, useSearch } from 'wouter';
import { CLOCKS, type ClockId } from '../../../domain/plan/plan.js';

/** What is open beside the picture, or in it: in the address, so that a request or a colleague can point at it. */
export type Where =
  | { open: 'step'; step: string }
  | { open: 'clause'; clause: string }
  | { open: 'clock'; clock: ClockId }
  | { open: 'entry'; seq: number }
  | { open: 'functions' | 'event' | 'papers' }
  | { open: 'correct'; clock: ClockId; t0: string | null };

/** The three views of a telephone; a wide screen shows the hour and the journal together. */
export type PhoneView = 'heure' | 'journal' | undefined;

const PANELS = { fonctions: 'functions', evenement: 'event', papiers: 'papers' } as const;

const isClock = (id: string | null | undefined): id is ClockId => CLOCKS.some((clock) => clock === id);

/** Reads `?etape=P05`, `?voir=fonctions|evenement|papiers|engagement-48.1|horloge-cod|entree-214`, `?corriger=cod&t0=…`. */
export function readWhere(search: string): Where | undefined {
  const params = new URLSearchParams(search);
  const step = params.get('etape');
  if (step) return { open: 'step', step };
  const correct = params.get('corriger');
  if (isClock(correct)) return { open: 'correct', clock: correct, t0: params.get('t0') };
  const see = params.get('voir') ?? '';
  if (Object.hasOwn(PANELS, see)) return { open: PANELS[see as keyof typeof PANELS] };
  const [, kind, id] = /^(engagement|horloge|entree)-(.+)$/.exec(see) ?? [];
  if (kind === 'engagement') return { open: 'clause', clause: id! };
  if (kind === 'horloge' && isClock(id)) return { open: 'clock', clock: id };
  if (kind === 'entree' && /^\d+$/.test(id!)) return { open: 'entry', seq: Number(id) };
  return undefined;
}

function write(where: Where): [string, string][] {
  switch (where.open) {
    case 'step': return [['etape', where.step]];
    case 'clause': return [['voir', `engagement-${where.clause}`]];
    case 'clock': return [['voir', `horloge-${where.clock}`]];
    case 'entry': return [['voir', `entree-${where.seq}`]];
    case 'functions': return [['voir', 'fonctions']];
    case 'event': return [['voir', 'evenement']];
    case 'papers': return [['voir', 'papiers']];
    case 'correct': return [['corriger', where.clock], ...(where.t0 ? [['t0', where.t0] as [string, string]] : [])];
  }
}

/** The address of something to open, from another page of the activation. */
export function addressOf(hour: string, where: Where): string {
  return `${hour}?${new URLSearchParams(write(where)).toString()}`;
}

/** What is open, how to open something else, and how to close it. */
export function useWhere(): { where: Where | undefined; view: PhoneView; open: (where: Where) => void; close: () => void } {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const asked = new URLSearchParams(search).get('vue');
  const view = asked === 'heure' || asked === 'journal' ? asked : undefined;
  const to = useCallback((pairs: [string, string][], replace: boolean) => {
    const params = new URLSearchParams(pairs);
    if (view) params.set('vue', view);
    const text = params.toString();
    navigate(text ? `${path}?${text}` : path, { replace });
  }, [navigate, path, view]);
  const open = useCallback((where: Where) => to(write(where), false), [to]);
  const close = useCallback(() => to([], true), [to]);
  return { where: readWhere(search), view, open, close };
}
