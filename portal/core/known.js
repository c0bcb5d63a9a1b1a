// What tracking time needs to know, remembered for when the network is away.
import { get, Offline } from './api.js';
import { who } from './session.js';

/** What a path answers; without a network, what it answered last on this device. */
export async function known(path) {
  const kept = `clockbill.known.${who()}.${path}`;
  try {
    const answer = await get(path);
    localStorage.setItem(kept, JSON.stringify(answer));
    return answer;
  } catch (failed) {
    const last = failed instanceof Offline && localStorage.getItem(kept);
    if (!last) {
      throw failed;
    }
    return JSON.parse(last);
  }
}
