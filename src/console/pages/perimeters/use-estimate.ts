import { useEffect, useState } from 'react';
import type { EstimateOrder, NightEstimate } from '../../../contract/perimeters.js';
import { post, sentenceOf } from '../../api.js';

/** What calling these communes would take; asked again shortly after anything changes, the last answer staying meanwhile. */
export function useEstimate(order: EstimateOrder): { answer: NightEstimate | undefined; fault: string | undefined } {
  const [answer, setAnswer] = useState<NightEstimate>();
  const [fault, setFault] = useState<string>();
  const wanted = JSON.stringify(order);
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(() => {
      post<NightEstimate>('/api/perimeters/estimate', JSON.parse(wanted), { signal: stop.signal }).then(
        (found) => {
          setAnswer(found);
          setFault(undefined);
        },
        (error: unknown) => { if (!stop.signal.aborted) setFault(sentenceOf(error)); },
      );
    }, 250);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [wanted]);
  return { answer, fault };
}
