import { count, fr } from '../../../contract/french-typography.js';
import type { ChangePersonOrder, PersonLine } from '../../../contract/directory.js';
import type { Me } from '../../../contract/live.js';
import { mayAdminister } from '../../../domain/administration-rules.js';
import { hasEnded, inCallingOrder } from '../../../domain/directory/person.js';
import { localDay } from '../../../domain/clock/local-time.js';
import { post } from '../../api.js';
import { serverClock } from '../../clock.js';
import { Button } from '../../ui/button.js';
import { Notice } from '../../ui/notice.js';
import { useAccess } from '../access/use-access.js';
import { contentOf } from './person-form.js';
import { PersonRow } from './person-row.js';

interface Props {
  me: Me;
  code: string;
  name: string;
  people: readonly PersonLine[];
  freshnessMonths: number;
  onOpen: (person: string) => void;
  onChanged: () => void;
}

/** 48.1: in one commune, who is called before whom: the mayor, deputies in their order, the town hall last. */
export function CommuneCard({ me, code, name, people, freshnessMonths, onOpen, onChanged }: Props) {
  const { attempt, pending, fault } = useAccess();
  const today = localDay(serverClock.wall(), me.house.timeZone);
  const local = people.filter(({ kind }) => kind === 'official' || kind === 'town-hall');
  const called = inCallingOrder(local.filter((one) => !hasEnded(one, today)));
  const officials = called.filter(({ kind }) => kind === 'official');
  const others = people.filter((one) => !called.includes(one));
  const isReached = officials.some(({ contacts }) => contacts.some(({ line }) => line === 'mobile'));
  /** Each then has its own place: two of the same rank are parted too. */
  const raise = (place: number) => attempt(async () => {
    const next = officials.map((one, n) => (n === place - 1 ? officials[place]! : n === place ? officials[place - 1]! : one));
    for (const [order, person] of next.entries()) if (person.order !== order) await post(`/api/directory/people/${person.id}/change`, changeOf(person, order));
    onChanged();
  });
  return (
    <section className="stack" aria-labelledby="commune-title">
      <h3 id="commune-title">{fr(`${name} (${code}) : qui est appelé avant qui`)}</h3>
      {!isReached && <Notice kind="watch" announce={false} title={fr('Personne ne peut y être joint la nuit.')}>{fr("Aucun élu n'y a de mobile. Ajoutez celui du maire ou d'un adjoint.")}</Notice>}
      {called.length > 0 && (
        <ol className="people">
          {called.map((one, place) => <PersonRow key={one.id} person={one} rank={place + 1} freshnessMonths={freshnessMonths} onOpen={onOpen} />)}
        </ol>
      )}
      {officials.length > 1 && mayAdminister(me.rights, 'change-person') && (
        <div className="row" role="group" aria-label={fr("Changer l'ordre d'appel")}>
          {officials.slice(1).map((one, n) => (
            <Button key={one.id} size="small" isPending={pending} onPress={() => void raise(n + 1)}>{fr(`Appeler ${nameOf(one)} avant ${nameOf(officials[n]!)}`)}</Button>
          ))}
        </div>
      )}
      {fault && <Notice kind="error" title={fault} />}
      {others.length > 0 && (
        <>
          <h3>{fr(`${count(others.length, 'autre fiche', 'autres fiches')} : agents, presse, mandats finis`)}</h3>
          <ul className="people">{others.map((one) => <PersonRow key={one.id} person={one} freshnessMonths={freshnessMonths} onOpen={onOpen} />)}</ul>
        </>
      )}
    </section>
  );
}

const nameOf = ({ firstName, lastName }: PersonLine) => `${firstName} ${lastName}`.trim();

function changeOf(person: PersonLine, order: number): ChangePersonOrder {
  return { ...contentOf(person), order, seen: person.version, contacts: person.contacts.map((_, keep) => ({ keep })) };
}
