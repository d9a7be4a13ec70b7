import { conditionWords, functionNames } from '../../contract/french.js';
import { clockMinute, clockTime, timeNear } from '../../contract/french-times.js';
import { fr } from '../../contract/french-typography.js';
import type { Ms } from '../../domain/time.js';
import type { StepShown } from '../../domain/views/steps.js';
import { Mark } from '../ui/icons.js';
import { StateLabel } from '../ui/state-label.js';
import { Table } from '../ui/table.js';

export interface HourTableProps {
  steps: readonly StepShown[];
  groups: readonly { id: string; label: string }[];
  now: Ms;
  zone: string;
  selected?: string | undefined;
  onSelect?: ((step: string) => void) | undefined;
}

/** The same as the picture, in words. */
export function HourTable({ steps, groups, now, zone, selected, onSelect }: HourTableProps) {
  const at = (instant: Ms | undefined) => (instant === undefined ? '' : timeNear(instant, now, zone));
  const minute = (instant: Ms | undefined) => (instant === undefined ? '' : clockMinute(instant, zone));
  const title = (id: string) => { const row = steps.find((shown) => shown.row.id === id)?.row; return row?.short ?? row?.title ?? id; };
  const ordered = groups.flatMap((group) => steps.filter(({ row }) => row.group === group.id));
  return (
    <div className="hour-table">
      <Table
        caption={fr(`L'heure en tableau : ${ordered.length} étapes, à ${clockTime(now, zone)}`)} hideCaption rows={ordered} rowKey={({ row }) => row.id} isSelected={({ row }) => row.id === selected}
        columns={[
          { id: 'code', title: 'Étape', cell: ({ row }) => row.id },
          {
            id: 'title', title: 'Intitulé', names: true,
            cell: ({ row }) => (onSelect ? <button type="button" className="bare-link" onClick={() => onSelect(row.id)}>{fr(row.short ?? row.title)}</button> : fr(row.short ?? row.title)),
          },
          {
            id: 'state', title: 'État',
            cell: ({ row, word, lateBy, calls }) => (word === 'apart' ? <span className="hour-apart">{conditionWords(row.when, title)}</span>
              : <><StateLabel word={word} lateBy={lateBy} size={14} />{calls && <span className="dim"> {calls.acknowledged}/{calls.total}</span>}</>),
          },
          { id: 'target', title: 'Cible', num: true, cell: ({ times }) => minute(times.target) },
          { id: 'deadline', title: 'Échéance', num: true, cell: ({ times, row }) => `${minute(times.deadline)}${times.deadline !== undefined && row.ours ? '*' : ''}` },
          { id: 'started', title: 'Début', num: true, cell: ({ step }) => at(step.startedAt) },
          { id: 'done', title: 'Fin', num: true, cell: ({ step }) => at(step.doneAt) },
          { id: 'functions', title: 'Fonctions', cell: ({ row }) => row.functions.map((code) => <abbr key={code} title={functionNames[code]}>{code} </abbr>) },
        ]}
      />
      <p className="help">{fr('* échéance fixée par nous')}</p>
    </div>
  );
}

/** Only what the picture shows. */
export function HourLegend({ late, estimated }: { late: boolean; estimated: boolean }) {
  return (
    <ul className="hour-legend" aria-label="Légende">
      <li><svg width="24" height="16" aria-hidden="true"><path d="M12 2v12" stroke="var(--ink)" strokeWidth="2" /></svg>cible</li>
      <li><svg width="24" height="16" aria-hidden="true"><rect x="0.5" y="4" width="23" height="8" fill="var(--off-bg)" stroke="var(--line2)" /></svg>de la cible à l’échéance</li>
      <li><svg width="24" height="16" aria-hidden="true"><rect y="10" width="24" height="3" fill="var(--line2)" /></svg>échéance fixée par nous</li>
      <li><svg width="24" height="16" aria-hidden="true"><path d="M1 8h23M1 4v8" stroke="var(--ink)" strokeWidth="3" fill="none" /></svg>du début à la fin</li>
      {late && <li><svg width="24" height="16" aria-hidden="true"><rect y="4" width="18" height="8" fill="var(--over)" /><g transform="translate(18 8)"><Mark word="overdue" /></g></svg>au-delà de l’échéance</li>}
      {estimated && <li><svg width="24" height="16" aria-hidden="true"><path d="M12 1l5 7l-5 7l-5-7z" fill="var(--surface)" stroke="var(--ink)" strokeWidth="1.6" /></svg>estimation de fin</li>}
    </ul>
  );
}
