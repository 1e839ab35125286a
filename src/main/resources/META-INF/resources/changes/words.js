// How values read.
const TIME = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });
const MOST = 5;

export const time = instant => instant ? TIME.format(new Date(instant)) : '';
/** In which all times on our pages are: that of the reader's browser. */
export const zone = TIME.resolvedOptions().timeZone;
export const day = instant => instant ? DAY.format(new Date(instant)) : '';

export function duration(from, until) {
  const seconds = Math.max(0, (new Date(until) - new Date(from)) / 1000);
  if (seconds < 60) {
    return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return `${minutes} min ${Math.round(seconds % 60)} s`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d`;
}

/** As people say it who wait: 40 s, 3 min, 2 h 5 min. */
export function span(from, until) {
  const seconds = Math.max(0, Math.round((new Date(until) - new Date(from)) / 1000));
  if (seconds < 60) {
    return `${seconds} s`;
  }
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : duration(from, until);
}

/** As the diagrams are named: "Multi-primary, multi-network", "Install mesh". */
export const process = key => {
  const topology = /^(multi-primary|primary-remote)(-multi-network)?$/.exec(key);
  if (key === 'await-condition') {
    return 'Wait for condition';
  }
  const name = topology ? topology[1] + (topology[2] ? ', multi-network' : '') : key.replaceAll('-', ' ');
  return name[0].toUpperCase() + name.slice(1);
};

const SCHEDULES = {
  'check-drift': 'the schedule meshspan.drift.cron',
  'renew-remote-tokens': 'the schedule meshspan.token-renewal.cron',
  'verify-on-schedule': 'the schedule meshspan.verify.cron'
};

/** Who asked for a change that no person asked for. */
export const nobody = change => SCHEDULES[change.process] ?? 'unknown';

const TONES = {
  good: ['VERIFIED', 'REMOVED', 'AS_DECLARED'],
  busy: ['WORKING', 'WAITING_FOR_CLUSTER', 'WAITING_FOR_OTHER_CHANGE'],
  warn: ['SUSPENDED', 'WAITING_FOR_DECISION', 'WAITING_FOR_APPROVAL', 'RETRYING'],
  plain: ['ENDED_OTHERWISE', 'WITHDRAWN', 'DRIFT_LEFT', 'VERIFICATION_SKIPPED', 'RENEWAL_DEFERRED']
};

/** The state of a change as a tone of its badge. */
export const tone = state => Object.keys(TONES).find(each => TONES[each].includes(state)) ?? 'bad';

/** As the service says a state in words. */
export const words = state => state.toLowerCase().replaceAll('_', ' ');

/** The names in a line of a list; a mesh of fifty clusters would fill the screen with each of its changes. */
export const few = names => names.length > MOST + 1 ? [...names.slice(0, MOST), `and ${names.length - MOST} more`] : names;

/** A step of no one cluster is a step of all clusters of the change. */
export const where = cluster => cluster ?? 'all clusters';

export const short = digest => digest ? digest.slice(0, 12) : '';
