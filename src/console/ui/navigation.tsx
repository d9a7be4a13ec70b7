import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { RouterProvider } from 'react-aria-components';
import { prepareDocument } from './document.js';

prepareDocument();

/** Around the whole application: French for every component, and links that stay in the page. */
export function Navigation({ navigate, children }: { navigate: (href: string) => void; children: ReactNode }) {
  return (
    <I18nProvider locale="fr-FR">
      <RouterProvider navigate={navigate}>{children}</RouterProvider>
    </I18nProvider>
  );
}
