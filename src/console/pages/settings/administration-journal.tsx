import { useEffect, useState } from 'react';
import { dayTime } from '../../../contract/french-times.js';
import { fr } from '../../../contract/french-typography.js';
import type { AdministrationPage, AdministrationVerdict } from '../../../contract/people.js';
import type { AdministrationEntry } from '../../../domain/administration.js';
import { get, sentenceOf } from '../../api.js';
import { usePeople } from '../../people.js';
import { Button, LinkButton } from '../../ui/button.js';
import { Notice } from '../../ui/notice.js';
import { Table } from '../../ui/table.js';
import { useAccess } from '../access/use-access.js';
import { administrationWords } from './administration-words.js';

const PAGE = 100;

/** The last entries of the chained journal that notes who may enter, and what the other journals were. */
export function AdministrationJournal({ zone }: { zone: string }) {
  const [entries, setEntries] = useState<readonly AdministrationEntry[]>();
  const [fault, setFault] = useState<string>();
  const person = usePeople();
  const name = (id: string) => person(id).name;
  const load = (before: number | undefined) => {
    lastBefore(before).then(
      (found) => setEntries((known) => [...found, ...(before === undefined ? [] : (known ?? []))]),
      (error: unknown) => setFault(sentenceOf(error)),
    );
  };
  useEffect(() => load(undefined), []);
  const first = entries?.[0]?.seq;
  return (
    <div className="stack">
      <Verdict zone={zone} />
      {fault && <Notice kind="error" title={fault} />}
      <Table
        caption={fr("Journal d'administration")} rows={[...(entries ?? [])].reverse()} rowKey={(entry) => entry.seq}
        columns={[
          { id: 'seq', title: 'nº', num: true, cell: (entry) => entry.seq },
          { id: 'at', title: 'Quand', cell: (entry) => <span className="nowrap">{dayTime(entry.recordedAt, zone)}</span> },
          { id: 'what', title: 'Quoi', names: true, cell: (entry) => administrationWords(entry, name) },
          { id: 'by', title: 'Par', cell: (entry) => name(entry.by) },
        ]}
      />
      {first !== undefined && first > 1 && <div><Button onPress={() => load(first)}>Entrées plus anciennes</Button></div>}
    </div>
  );
}

/** Entries just before a number, or the last ones. */
async function lastBefore(before: number | undefined): Promise<AdministrationEntry[]> {
  const end = before ?? (await get<AdministrationPage>('/api/administration/journal?limit=1')).seq + 1;
  const after = Math.max(0, end - 1 - PAGE);
  return (await get<AdministrationPage>(`/api/administration/journal?after=${after}&limit=${Math.max(1, end - 1 - after)}`)).entries;
}

/** Read again from the disk on demand: what is on the screen proves nothing by itself. */
function Verdict({ zone }: { zone: string }) {
  const [verdict, setVerdict] = useState<AdministrationVerdict>();
  const { attempt, pending, fault } = useAccess();
  return (
    <div className="stack">
      <div className="row">
        <Button isPending={pending} onPress={() => void attempt(async () => setVerdict(await get<AdministrationVerdict>('/api/administration/verdict', { timeoutMs: 60_000 })))}>Vérifier la chaîne</Button>
        <LinkButton href="/api/administration/export.zip" download>Exporter le journal</LinkButton>
      </div>
      {fault && <Notice kind="error" title={fault} />}
      {verdict?.ok === true && <Notice kind="ok" title={fr(`Chaîne intacte : ${verdict.entries} entrées, vérifiées à ${dayTime(verdict.at, zone)}.`)}><span className="secret-key">{verdict.head}</span></Notice>}
      {verdict?.ok === false && <Notice kind="error" title={fr(`Chaîne rompue à l'entrée ${verdict.seq}.`)}>{fr(`Conservez le dossier tel quel et prévenez l'exploitant. ${verdict.reason}`)}</Notice>}
    </div>
  );
}
