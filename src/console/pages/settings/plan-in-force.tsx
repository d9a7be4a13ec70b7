import { useEffect, useState } from 'react';
import { clockNames, conditionWords, evidenceNames, functionNames } from '../../../contract/french.js';
import { capital, fr } from '../../../contract/french-typography.js';
import type { Plan, PlanRow } from '../../../domain/plan/plan.js';
import { get, sentenceOf } from '../../api.js';
import { useHouse } from '../../house.js';
import { Button } from '../../ui/button.js';
import { Notice } from '../../ui/notice.js';
import { Table } from '../../ui/table.js';

/** The plan that the next activation will freeze, row by row, and the file to edit. */
export function PlanInForce() {
  const [plan, setPlan] = useState<Plan>();
  const [fault, setFault] = useState<string>();
  const [tries, setTries] = useState(0);
  const file = useHouse()?.files.plan;
  useEffect(() => {
    get<Plan>('/api/plan').then(setPlan, (error: unknown) => setFault(sentenceOf(error)));
  }, [tries]);
  if (fault) return <Notice kind="error" title={fault} actions={<Button onPress={() => { setFault(undefined); setTries(tries + 1); }}>Réessayer</Button>} />;
  if (!plan) return <p className="dim" aria-busy="true">Chargement…</p>;
  const titleOf = (id: string) => plan.rows.find((row) => row.id === id)?.title ?? id;
  return (
    <div className="stack">
      <p>
        {fr(`« ${plan.title} », version ${plan.version}, ${plan.rows.length} étapes${file ? `, dans ${file}` : ''}.`)}{' '}
        {fr("Vérifié au démarrage. Une activation garde la copie avec laquelle elle s'est ouverte. Une échéance suivie de * est la vôtre, non celle du référentiel.")}
      </p>
      <Table
        caption={fr('Plan en vigueur')} rows={plan.rows} rowKey={(row) => row.id}
        columns={[
          { id: 'id', title: 'Code', cell: (row) => row.id },
          { id: 'title', title: 'Étape', names: true, cell: (row) => row.title },
          { id: 'ref', title: 'Réf.', cell: (row) => <span className="nowrap">{row.ref}</span> },
          { id: 'from', title: 'Depuis', cell: (row) => <span className="nowrap">{anchorWords(row)}</span> },
          { id: 'target', title: 'Cible', num: true, cell: (row) => (row.target === undefined ? '–' : fr(`${row.target} min`)) },
          { id: 'deadline', title: 'Échéance', num: true, cell: (row) => (row.deadline === undefined ? '–' : fr(`${row.deadline} min${row.ours ? ' *' : ''}`)) },
          { id: 'functions', title: 'Fonctions', cell: (row) => row.functions.map((code) => <abbr key={code} title={functionNames[code]}>{code} </abbr>) },
          { id: 'evidence', title: 'Preuve', cell: (row) => row.evidenceAsked ?? evidenceNames[row.evidence] },
          { id: 'when', title: 'Quand', cell: (row) => conditionWords(row.when, titleOf) },
        ]}
      />
    </div>
  );
}

function anchorWords({ anchor, every }: PlanRow): string {
  const from = typeof anchor === 'object' ? `étape ${anchor.step}` : anchor === 'closing' ? 'la fin' : clockNames[anchor];
  return fr(capital(every === undefined ? from : `${from}, chaque ${every} min`));
}
