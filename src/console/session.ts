import { post, setMe } from './api.js';

/** Ends the session. What was shown goes; orders that wait stay on the device for the same account. */
export async function signOut(): Promise<void> {
  await post<void>('/api/sign-out', {});
  sessionStorage.clear();
  setMe(null);
}
