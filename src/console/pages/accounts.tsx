import { useState } from 'react';
import { fr } from '../../contract/french-typography.js';
import { mayAdminister } from '../../domain/administration-rules.js';
import { useMe } from '../api.js';
import { Frame } from '../frame/frame.js';
import { LinkButton } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { Tabs } from '../ui/tabs.js';
import { AccountList } from './accounts/account-list.js';
import { housePages } from './house-pages.js';
import { TokenList } from './accounts/token-list.js';
import './pieces.css';
import './accounts.css';

/** Who may enter, with which rights, and which scripts. Each change is an entry of the administration's journal. */
export function Accounts() {
  const me = useMe();
  const [tab, setTab] = useState<'people' | 'scripts'>('people');
  if (!me) return null;
  return (
    <Frame title="Comptes" nav={housePages(me, '/comptes')}>
      <main className="page">
        {mayAdminister(me.rights, 'list-accounts')
          ? (
            <Tabs
              label="Comptes et jetons" selected={tab} onSelect={setTab}
              tabs={[
                { id: 'people', title: 'Personnes', content: <AccountList me={me} /> },
                { id: 'scripts', title: fr("Jetons d'API"), content: <TokenList /> },
              ]}
            />
          )
          : (
            <Notice announce={false} title={fr('Seul un administrateur gère les comptes.')} actions={<LinkButton href="/">Voir les activations</LinkButton>}>
              {fr("Pour un droit, un mot de passe ou un téléphone perdu, adressez-vous à lui.")}
            </Notice>
          )}
      </main>
    </Frame>
  );
}
