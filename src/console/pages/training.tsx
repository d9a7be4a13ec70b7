import { useState } from 'react';
import { functionNames } from '../../contract/french.js';
import { capital, count, fr, listed } from '../../contract/french-typography.js';
import type { TrainedLine, TrainingLine, TrainingShown } from '../../contract/training.js';
import { mayAdminister } from '../../domain/administration-rules.js';
import { functionsAsking, type Qualification } from '../../domain/people/training.js';
import { post, sentenceOf, useMe } from '../api.js';
import { Frame } from '../frame/frame.js';
import { Button } from '../ui/button.js';
import { Confirm } from '../ui/dialog.js';
import { Notice, useToasts } from '../ui/notice.js';
import { Table } from '../ui/table.js';
import { useReading } from './accounts/use-listing.js';
import { housePages } from './house-pages.js';
import { ListImport } from './training/list-import.js';
import { PersonTrainings, Standing } from './training/person-row.js';
import { SessionForm } from './training/session-form.js';
import './pieces.css';
import './training.css';

type Open = { what: 'record'; person?: string } | { what: 'correct'; person: string; training: TrainingLine } | { what: 'list' };

/** 47.2, 50.2: who is trained for what, until when, and who is about to lose it. */
export function TrainingPage() {
  const me = useMe();
  const { lines: shown, fault, reload } = useReading<TrainingShown>('/api/training');
  const [open, setOpen] = useState<Open>();
  const [looked, setLooked] = useState<string>();
  const [removed, setRemoved] = useState<TrainingLine>();
  const [refused, setRefused] = useState<string>();
  const say = useToasts();
  if (!me) return null;
  const mayWrite = mayAdminister(me.rights, 'record-training');
  const person = shown?.people.find(({ id }) => id === looked);
  const done = (words: string) => {
    setOpen(undefined);
    say(fr(words));
    reload();
  };
  return (
    <Frame title="Formation" nav={housePages(me, '/formation')}>
      <main className="page">
        <div className="spread">
          <h2>{fr('Qui est formé à quoi')}</h2>
          {mayWrite && <div className="row"><Button onPress={() => setOpen({ what: 'list' })}>Importer une liste</Button><Button kind="primary" onPress={() => setOpen({ what: 'record' })}>Enregistrer une formation</Button></div>}
        </div>
        {fault && <Notice kind="error" title={fault} actions={<Button onPress={reload}>Réessayer</Button>} />}
        {shown && !shown.kept && (
          <Notice kind="watch" announce={false} title={fr("Aucune formation n'est enregistrée : rien n'est demandé à qui prend une fonction.")}>
            {fr("Dès la première enregistrée, une fonction confiée à quelqu'un que sa formation ne couvre pas demandera un motif, gardé au journal. Importez donc d'abord toute la liste.")}
          </Notice>
        )}
        {shown && <Rules shown={shown} />}
        {shown && (
          <Table<TrainedLine>
            caption={fr('Ce que chacun détient')} hideCaption rows={inOrder(shown.people)} rowKey={({ id }) => id}
            empty={<p>{fr("Personne encore : ajoutez les agents à l'annuaire, ou créez leurs comptes.")}</p>}
            columns={[
              { id: 'who', title: 'Personne', names: true, cell: (one) => <span className="training-who"><Button kind="tertiary" size="small" onPress={() => setLooked(one.id)}>{one.name}</Button><span className="dim">{[one.title, one.organisation].filter(Boolean).join(', ')}</span></span> },
              { id: 'cell', title: 'Communication d’urgence (47.2)', cell: (one) => <Standing standing={one.standings.cell} /> },
              { id: 'cip', title: 'CIP (50.2)', cell: (one) => <Standing standing={one.standings.cip} /> },
              { id: 'sessions', title: 'Sessions', num: true, cell: (one) => one.trainings.length },
            ]}
          />
        )}
      </main>
      {person && !open && <PersonTrainings person={person} mayWrite={mayWrite} onClose={() => setLooked(undefined)} onRecord={() => setOpen({ what: 'record', person: person.id })} onCorrect={(training) => setOpen({ what: 'correct', person: person.id, training })} onRemove={setRemoved} />}
      {shown && open && open.what !== 'list' && (
        <SessionForm
          people={shown.people} today={shown.today} person={open.person} training={open.what === 'correct' ? open.training : undefined}
          onClose={() => setOpen(undefined)} onDone={() => done(open.what === 'correct' ? 'Formation corrigée ; la première version reste au journal.' : 'Formation enregistrée.')}
        />
      )}
      {open?.what === 'list' && <ListImport onClose={() => setOpen(undefined)} onDone={(recorded) => done(`${count(recorded, 'formation enregistrée', 'formations enregistrées')}.`)} />}
      <Confirm
        isOpen={removed !== undefined} onClose={() => setRemoved(undefined)} danger title={fr('Retirer cette formation ?')} action="Retirer cette formation"
        onConfirm={async () => {
          setRefused(undefined);
          try {
            await post(`/api/training/${removed!.id}/remove`, {});
          } catch (error) {
            setRefused(sentenceOf(error));
            throw error;
          }
          reload();
        }}
      >
        <p>{fr("Elle ne compte plus, et son attestation est effacée pour toujours. Le journal d'administration garde qu'elle avait été enregistrée, et retirée.")}</p>
        {refused && <Notice kind="error" title={refused} />}
      </Confirm>
    </Frame>
  );
}

/** How many hold what, what runs out soon, and which functions ask for it. */
function Rules({ shown: { people, rules } }: { shown: TrainingShown }) {
  const said: [Qualification, string, string][] = [
    ['cell', "communication d'urgence", `renouvelée tous les ${years(rules.cellMonths)}`],
    ['cip', 'CIP', `une journée, une consolidation tous les ${years(rules.refresherMonths)}, ${count(rules.exercises, 'exercice')} avec la CIP`],
  ];
  return (
    <ul className="training-tally">
      {said.map(([asked, name, rule]) => {
        const holding = people.filter(({ standings }) => standings[asked].holds);
        const soon = holding.filter(({ standings }) => standings[asked].runningOut).length;
        const functions = functionsAsking(asked, rules);
        return (
          <li key={asked}>
            <b>{fr(`${count(holding.length, 'personne')}`)}</b>
            <span>{fr(`${holding.length < 2 ? 'formée' : 'formées'} : ${name}`)}</span>
            {soon > 0 && <p className="watch">{fr(`${count(soon, 'la perd', 'la perdent')} dans les ${rules.warnDays} jours`)}</p>}
            <p className="help">{fr(`${capital(rule)}. ${functions.length === 0 ? "Aucune fonction ne la demande." : `Demandée pour : ${listed(functions.map((code) => functionNames[code]))}.`}`)}</p>
          </li>
        );
      })}
    </ul>
  );
}

function years(months: number): string {
  return months % 12 === 0 ? (months === 12 ? 'ans' : `${months / 12} ans`) : `${months} mois`;
}

/** Whoever is about to lose something first, then who lost it, then by name. */
function inOrder(people: readonly TrainedLine[]): TrainedLine[] {
  const rank = ({ standings: { cell, cip } }: TrainedLine) => (cell.runningOut || cip.runningOut ? 0 : [cell, cip].some(({ holds, until }) => !holds && until !== null) ? 1 : cell.holds || cip.holds ? 2 : 3);
  return people.filter(({ works, trainings }) => works || trainings.length > 0 || people.length < 200).sort((x, y) => rank(x) - rank(y) || x.name.localeCompare(y.name, 'fr'));
}
