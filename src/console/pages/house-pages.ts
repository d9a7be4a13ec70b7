import { mayAdminister } from '../../domain/administration-rules.js';
import type { Me } from '../../contract/live.js';
import type { NavItem } from '../parts/chrome.js';

/** The pages of the house, beside those of an activation. */
export function housePages(me: Me, current: '/' | '/annuaire' | '/perimetres' | '/astreinte' | '/formation' | '/comptes' | '/reglages'): NavItem[] {
  const pages: NavItem[] = [
    { href: '/', label: 'Activations' },
    ...(mayAdminister(me.rights, 'read-directory') ? [{ href: '/annuaire', label: 'Annuaire' }] : []),
    ...(mayAdminister(me.rights, 'list-perimeters') ? [{ href: '/perimetres', label: 'Périmètres' }] : []),
    ...(mayAdminister(me.rights, 'list-calendars') ? [{ href: '/astreinte', label: 'Astreinte' }] : []),
    ...(mayAdminister(me.rights, 'read-training') ? [{ href: '/formation', label: 'Formation' }] : []),
    ...(mayAdminister(me.rights, 'list-accounts') ? [{ href: '/comptes', label: 'Comptes' }] : []),
    { href: '/reglages', label: 'Réglages' },
  ];
  return pages.map((page) => ({ ...page, isCurrent: page.href === current }));
}
