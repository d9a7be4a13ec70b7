import { useEffect, useState, type SubmitEvent } from 'react';
import { fr } from '../../../contract/french-typography.js';
import type { Me } from '../../../contract/live.js';
import type { SecondFactorConfirmed, SecondFactorPrepared } from '../../../contract/people.js';
import { get, post, sentenceOf } from '../../api.js';
import { Button } from '../../ui/button.js';
import { TextField } from '../../ui/fields.js';
import { Notice } from '../../ui/notice.js';
import { Qr } from '../../ui/qr.js';
import { useAccess } from './use-access.js';

/** A picture to scan or a key to type, a first code that proves it, then ten codes of paper shown once. */
export function SetUpSecondFactor({ onDone }: { onDone: (me: Me) => void }) {
  const [codes, setCodes] = useState<string[]>();
  return codes ? <RecoveryCodes codes={codes} onDone={onDone} /> : <Scan onConfirmed={setCodes} />;
}

function Scan({ onConfirmed }: { onConfirmed: (codes: string[]) => void }) {
  const [prepared, setPrepared] = useState<SecondFactorPrepared>();
  const [failed, setFailed] = useState<string>();
  const [tries, setTries] = useState(0);
  const [code, setCode] = useState('');
  const { attempt, pending, fault, refused, wait } = useAccess();
  useEffect(() => {
    setFailed(undefined);
    post<SecondFactorPrepared>('/api/me/second-factor/prepare', {}).then(setPrepared, (error: unknown) => setFailed(sentenceOf(error)));
  }, [tries]);
  const confirm = async (event: SubmitEvent) => {
    event.preventDefault();
    const accepted = await attempt(async () => onConfirmed((await post<SecondFactorConfirmed>('/api/me/second-factor/confirm', { code })).recoveryCodes));
    if (!accepted) setCode('');
  };
  if (failed) return <Notice kind="error" title={failed} actions={<Button onPress={() => setTries(tries + 1)}>Réessayer</Button>} />;
  if (!prepared) return <p className="dim" aria-busy="true">Préparation…</p>;
  return (
    <>
      <p>{fr("Ce compte décide, ordonne ou administre : un code de votre téléphone s'ajoute au mot de passe.")}</p>
      <ol className="do-list">
        <li>
          <h2>{fr("Lire ce carré avec une application d'authentification")}</h2>
          <Qr {...prepared.qr} label={fr('Carré à lire avec le téléphone ; la clé est écrite dessous')} />
          <p className="help">{fr('Sans appareil photo, tapez cette clé :')}</p>
          <p className="secret-key">{prepared.secret.replace(/(.{4})(?=.)/g, '$1 ')}</p>
        </li>
        <li>
          <h2>Donner le code affiché</h2>
          <form className="stack" onSubmit={(event) => void confirm(event)}>
            <TextField label={fr('Code à six chiffres')} value={code} onChange={setCode} name="one-time-code" autoComplete="one-time-code" inputMode="numeric" code maxLength={9} />
            {fault && (
              <Notice
                kind="error" title={fault}
                actions={refused === 'no-second-factor' ? <Button onPress={() => setTries(tries + 1)}>Afficher un nouveau carré</Button> : undefined}
              />
            )}
            <Button type="submit" kind="primary" size="large" wide isPending={pending} isDisabled={wait > 0 || code.replace(/\s/g, '').length < 6}>
              {wait > 0 ? fr(`Réessayer dans ${wait} s`) : 'Mettre en place'}
            </Button>
          </form>
        </li>
      </ol>
    </>
  );
}

function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: (me: Me) => void }) {
  const [copied, setCopied] = useState<boolean>();
  const { attempt, pending, fault } = useAccess();
  const copy = () => navigator.clipboard.writeText(codes.join('\n')).then(() => setCopied(true), () => setCopied(false));
  return (
    <div className="stack">
      <Notice kind="ok" title={fr('Le second facteur est en place.')}>{fr("Notez ces dix codes de secours : ils ne seront plus montrés. Chacun remplace une fois le téléphone perdu.")}</Notice>
      <ol className="recovery-codes">{codes.map((code) => <li key={code}>{code}</li>)}</ol>
      <div className="row">
        <Button onPress={() => void copy()}>Copier les codes</Button>
        <Button onPress={() => window.print()}>Imprimer</Button>
        <span className="help" role="status">{copied === true ? 'Copiés.' : copied === false ? fr('La copie a échoué : recopiez-les.') : ''}</span>
      </div>
      {fault && <Notice kind="error" title={fault} />}
      <Button kind="primary" size="large" wide isPending={pending} onPress={() => void attempt(async () => onDone(await get<Me>('/api/me')))}>{fr("Je les ai notés, continuer")}</Button>
    </div>
  );
}
