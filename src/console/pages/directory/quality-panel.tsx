import { useState } from 'react';
import { Link } from 'wouter';
import { capital, count, fr } from '../../../contract/french-typography.js';
import type { FindingLine, FindingsPage, NamedPerson, QualityShown } from '../../../contract/directory.js';
import type { Me } from '../../../contract/live.js';
import { mayAdminister } from '../../../domain/administration-rules.js';
import { PART_POINTS, type Flaw } from '../../../domain/directory/quality.js';
import { get, post, sentenceOf } from '../../api.js';
import { Button } from '../../ui/button.js';
import { Confirm, Disclosure } from '../../ui/dialog.js';
import { Notice, useToasts } from '../../ui/notice.js';
import { useReading } from '../accounts/use-listing.js';
import { french } from './person-sheet.js';
import { findingWords, FLAW_WORDS, PART_WORDS } from './quality-words.js';

/** What to mend first, so that nothing is wrong in the list at night: each line leads to its mending. */
export function QualityPanel({ me, onOpen, onChanged }: { me: Me; onOpen: (person: string) => void; onChanged: () => void }) {
  const { lines: quality, fault, reload } = useReading<QualityShown>('/api/directory/quality');
  if (fault) return <Notice kind="error" title={fault} actions={<Button onPress={reload}>Réessayer</Button>} />;
  if (!quality) return <p className="help" role="status">{fr("Lecture de l'annuaire…")}</p>;
  const toMend = quality.flaws.filter(({ count: many }) => many > 0);
  return (
    <div className="quality">
      <Score quality={quality} />
      <section className="stack" aria-labelledby="mend-title">
        <h2 id="mend-title">{fr('À corriger, le plus urgent d’abord')}</h2>
        {toMend.length === 0 && <Notice kind="ok" announce={false} title={fr("Rien à corriger : l'annuaire est prêt pour la nuit.")} />}
        {toMend.map(({ flaw, count: many, first }, place) => (
          <Disclosure key={flaw} title={fr(FLAW_WORDS[flaw].title(quality.freshnessMonths))} detail={String(many)} startsOpen={place === 0}>
            <div className="stack-small">
              <p className="help">{fr(FLAW_WORDS[flaw].mend)}</p>
              <Findings key={many} flaw={flaw} many={many} first={first} onOpen={onOpen} />
            </div>
          </Disclosure>
        ))}
        <Purge me={me} quality={quality} onDone={onChanged} />
      </section>
    </div>
  );
}

function Findings({ flaw, many, first, onOpen }: { flaw: Flaw; many: number; first: readonly FindingLine[]; onOpen: (person: string) => void }) {
  const [more, setMore] = useState<readonly FindingLine[]>([]);
  const [fault, setFault] = useState<string>();
  const lines = [...first, ...more];
  const left = many - lines.length;
  const next = async () => {
    setFault(undefined);
    try {
      setMore([...more, ...(await get<FindingsPage>(`/api/directory/quality/${flaw}?from=${lines.length}`)).lines]);
    } catch (error) {
      setFault(sentenceOf(error));
    }
  };
  return (
    <>
      <ul className="findings">{lines.map((line, n) => <li key={n}><Finding line={line} onOpen={onOpen} /></li>)}</ul>
      {fault && <Notice kind="error" title={fault} />}
      {left > 0 && <div><Button size="small" onPress={() => void next()}>{fr(left > 100 ? `Montrer 100 des ${left} autres` : `Montrer ${count(left, 'autre')}`)}</Button></div>}
    </>
  );
}

function Score({ quality: { score, parts } }: { quality: QualityShown }) {
  return (
    <section className="panel stack quality-score" aria-labelledby="score-title">
      <h2 id="score-title">{fr("Note de l'annuaire")}</h2>
      <p className="quality-figure"><b>{score}</b><span className="dim">{fr(' sur 100')}</span></p>
      <dl className="quality-parts">
        {parts.map(({ part, points, of, right }) => (
          <div key={part}>
            <dt>{fr(PART_WORDS[part])}</dt>
            <dd>
              <span>{of === 0 ? 'rien à compter encore' : fr(`${right} sur ${of}`)}</span>
              <span className="dim">{of === 0 ? '' : fr(`${points} points sur ${PART_POINTS[part]}`)}</span>
            </dd>
            <dd className="quality-bar" aria-hidden="true"><svg viewBox="0 0 100 4" preserveAspectRatio="none"><rect width={of === 0 ? 0 : (100 * right) / of} height="4" /></svg></dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Finding({ line, onOpen }: { line: FindingLine; onOpen: (person: string) => void }) {
  const detail = findingWords(line);
  if (line.people.length === 0) return <Link href={`/annuaire?commune=${line.commune}`} className="link">{fr(`${line.communeName ?? line.commune} (${line.commune})`)}</Link>;
  return (
    <span className="finding">
      {line.people.map((one) => <button key={one.id} type="button" className="link finding-person" onClick={() => onOpen(one.id)}>{fr(who(one))}</button>)}
      {detail && <span className="dim">{fr(detail)}</span>}
    </span>
  );
}

/** Proposed, with the list in view before; never done by itself. */
function Purge({ me, quality: { toPurge, purgeable, purgeAfterDays }, onDone }: { me: Me; quality: QualityShown; onDone: () => void }) {
  const [asked, setAsked] = useState(false);
  const [refused, setRefused] = useState<string>();
  const say = useToasts();
  if (purgeable === 0 || !mayAdminister(me.rights, 'erase-people')) return null;
  const erase = async () => {
    setRefused(undefined);
    try {
      await post('/api/directory/erase', { people: toPurge.map(({ id }) => id), why: 'mandate-ended' });
    } catch (error) {
      setRefused(sentenceOf(error));
      throw error;
    }
    say(fr(count(toPurge.length, 'personne effacée', 'personnes effacées')));
    onDone();
  };
  const people = count(toPurge.length, 'personne');
  return (
    <section className="panel stack" aria-labelledby="purge-title">
      <h3 id="purge-title">{fr(`${count(purgeable, 'fiche')} à effacer : mandat fini depuis plus de ${count(purgeAfterDays, 'jour')}`)}</h3>
      <p className="help">{fr(`On ne garde pas les coordonnées d'une personne dont le mandat est fini.${purgeable > toPurge.length ? ` Voici les ${toPurge.length} premières.` : ''}`)}</p>
      <ul className="purge" tabIndex={0} aria-label={fr('Qui serait effacé')}>
        {toPurge.map((one) => <li key={one.id}><span>{fr(who(one))}</span><span className="dim">{fr(`jusqu'au ${french(one.until!)}`)}</span></li>)}
      </ul>
      <div><Button kind="danger-outline" onPress={() => setAsked(true)}>{fr(`Effacer ${people}`)}</Button></div>
      <Confirm isOpen={asked} onClose={() => setAsked(false)} danger title={fr(`Effacer ${people} définitivement ?`)} action={fr(`Effacer ${people}`)} onConfirm={erase}>
        <p>{fr("Noms, numéros et adresses disparaissent de l'annuaire. C'est irréversible, et s'inscrit au journal d'administration.")}</p>
        <p>{fr('Ce qui reste : les journaux, qui ne portent que la fonction et la commune. Leurs chaînes restent valides.')}</p>
        {refused && <Notice kind="error" title={refused} />}
      </Confirm>
    </section>
  );
}

const who = ({ name, title, communeName, commune }: NamedPerson) => `${name}${title ? `, ${capital(title).toLocaleLowerCase('fr')}` : ''}${commune ? `, ${communeName ?? commune}` : ''}`;
