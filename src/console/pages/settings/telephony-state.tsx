import { useState } from 'react';
import { useLocation } from 'wouter';
import { dayTime } from '../../../contract/french-times.js';
import { count, fr } from '../../../contract/french-typography.js';
import { accountFailureWords, wayWords } from '../../../contract/reaching-words.js';
import { selfTestWords, type TelephonyShown } from '../../../contract/telephony.js';
import { mayAdminister } from '../../../domain/administration-rules.js';
import { mayIssue, type Right } from '../../../domain/rights.js';
import type { Accepted } from '../../../contract/live.js';
import { post, sentenceOf } from '../../api.js';
import { Button } from '../../ui/button.js';
import { Notice } from '../../ui/notice.js';
import { useReading } from '../accounts/use-listing.js';

/** 5.2: whether calling works tonight, and the call that says so. */
export function TelephonyState({ zone, rights }: { zone: string; rights: readonly Right[] }) {
  const { lines: state, fault, reload } = useReading<TelephonyShown>('/api/telephony');
  const [, navigate] = useLocation();
  const [said, setSaid] = useState<{ kind: 'error' | 'ok'; title: string } | null>(null);
  const test = async () => {
    try {
      await post('/api/telephony/test', { body: {} });
      setSaid({ kind: 'ok', title: fr('La ligne de la préfecture est appelée. Décrochez, puis appuyez sur 1.') });
    } catch (error) {
      setSaid({ kind: 'error', title: sentenceOf(error) });
    }
    reload();
  };
  const prepare = async () => {
    try {
      const { activation } = await post<Accepted>('/api/activations', { lane: 'test', kind: 'important', title: 'Campagne d’essai' });
      navigate(`/activations/${activation}/elus`);
    } catch (error) {
      setSaid({ kind: 'error', title: sentenceOf(error) });
    }
  };
  return (
    <section className="stack" aria-labelledby="telephony-title">
      <h2 id="telephony-title">Téléphonie</h2>
      {fault && <Notice kind="error" title={fault} actions={<Button onPress={reload}>Réessayer</Button>} />}
      {state && state.accounts.length === 0 && (
        <Notice kind="watch" title={fr("Aucun compte téléphonique n'est réglé : rien n'est appelé d'ici.")} announce={false}>
          {fr("Les élus se joignent alors par GALA, par la liste papier ou par la file d'appels. Les comptes se règlent par les variables TWILIO_1_… du serveur (voir le README).")}
        </Notice>
      )}
      {state && state.accounts.length > 0 && state.line === null && (
        <Notice kind="watch" title={fr("Aucune ligne d'essai n'est réglée : on ne sait pas si appeler marche.")} announce={false}>
          {fr('Indiquez une ligne de la préfecture dans config/settings.json (« selfTest » : « line ») : elle est appelée chaque nuit, et une touche clôt l’essai.')}
        </Notice>
      )}
      {said && <Notice kind={said.kind} title={said.title} />}
      {state && state.accounts.length > 0 && (
        <dl className="set-list">
          {state.accounts.map((one) => (
            <div key={one.account}>
              <dt>{one.account}</dt>
              <dd>{one.isTesting ? 'essai en cours…' : one.lastTest ? selfTestWords[one.lastTest.outcome] : 'jamais essayé'}</dd>
              <dd className="dim">{fr([
                ...(one.lastTest ? [`essai du ${dayTime(one.lastTest.at, zone)}`] : []), ...(one.lastTest?.code ? [`code ${one.lastTest.code}`] : []),
                `${one.voice ? `${one.callsPerSecond.toLocaleString('fr')} ${one.callsPerSecond >= 2 ? 'appels' : 'appel'} par seconde` : "n'appelle pas"}`, one.texts ? (one.canReceive ? 'SMS, réponses reçues' : 'SMS sans réponse possible') : 'pas de SMS',
                ...(one.failing ? [accountFailureWords[one.failing]] : []), ...(one.isLeft ? ['un autre compte appelle à sa place'] : []),
              ].join(' · '))}</dd>
            </div>
          ))}
          <div><dt>Ligne d’essai</dt><dd>{state.line ?? 'aucune'}</dd><dd className="dim">{fr(`Une campagne réelle part par : ${state.ways.map((way) => wayWords[way]).join(', ') || 'rien'}`)}</dd></div>
        </dl>
      )}
      {state && state.accounts.length > 0 && state.line !== null && mayAdminister(rights, 'test-telephony') && (
        <div><Button kind="primary" onPress={() => void test()}>{fr(`Appeler maintenant la ligne d’essai, par ${count(state.accounts.filter(({ voice }) => voice).length, 'compte')}`)}</Button></div>
      )}
      {state && state.ways.length > 0 && mayIssue(rights, 'open', 'test') && (
        <div className="stack">
          <h3>{fr('Campagne d’essai')}</h3>
          <p className="help">{fr('En temps de paix, elle appelle les seules personnes que nomme « tests » dans config/settings.json ; chaque message commence et finit par EXERCICE. Ce qu’elle apprend des numéros va à l’annuaire.')}</p>
          <div><Button onPress={() => void prepare()}>{fr('Préparer une campagne d’essai')}</Button></div>
        </div>
      )}
    </section>
  );
}
