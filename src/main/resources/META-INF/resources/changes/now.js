// What a running change does, cluster by cluster, looked at again every two seconds. The table changes only where
// something else goes on: in between the times run on, and whoever stands on a button stays there.
import { badge, h, table, text, update } from './dom.js';
import { ask, askWith, read, who } from './data.js';
import { duration, span, time, where } from './words.js';

const EVERY = 2000;

/** @param grown is called when the record of the change has grown, or the change has ended */
export function now(change, { me }, grown) {
  let place = h('div', {}, 'loading');
  const told = h('p', { role: 'status', class: 'ms-told' });
  const listeners = [];
  let known = change.records;
  let drawn = '';
  let timer;
  const look = async () => {
    try {
      const standing = await read(`changes/${change.id}/now`);
      const { doing, stages, records, ended } = standing;
      listeners.forEach(listener => listener(standing));
      const seen = JSON.stringify([stages, doing]);
      if (seen === drawn) {
        place.querySelectorAll('.ms-elapsed').forEach(elapsed => elapsed.run());
      } else {
        drawn = seen;
        if (told.refused) { // and something else goes on since
          told.textContent = '';
        }
        place = update(place, h('div', {}, stages.map(stage), rows(doing, me, waysOn(change, told))));
      }
      if (records > known || ended) {
        known = records;
        await grown();
      }
      if (ended) {
        return;
      }
    } catch (problem) {
      place = update(place, h('div', {}, h('p', { role: 'alert' }, problem.message)));
      drawn = '';
    }
    timer = setTimeout(look, EVERY);
  };
  timer = setTimeout(look, 0);
  return { node: h('div', {}, place, told), stop: () => clearTimeout(timer), onLook: listener => listeners.push(listener) };
}

/** A step that runs once a cluster, in all of them at a time. */
const stage = ({ step, done, of }) => h('p', { class: 'ms-stage' },
  h('progress', { value: done, max: of, 'aria-label': step }), ` ${step}: ${done} of ${of} clusters done`);

function rows(doing, me, ways) {
  return doing.length === 0 ? h('p', {}, 'The next step is about to begin.')
    : table('Now', ['Cluster', 'Step', 'Since', 'Waits for', 'To do'], doing.map(d => [
      where(d.cluster), d.step, since(d), waits(d), act(d, me, ways, doing)]), doing.map(d => `${d.instance} ${d.activity} ${d.since}`));
}

const since = d => [time(d.since), ' (', elapsed(() => duration(d.since, Date.now())), ')'];

function waits(d) {
  if (d.fault) {
    return [d.fault.attemptsLeft ? h('span', {}, `failed, is tried again at ${time(d.fault.again)}; ${d.fault.attemptsLeft} attempts left`)
      : badge('failed, no attempt left', 'bad'), text(d.fault.message)];
  }
  if (d.waitingFor) {
    return [`${d.waitingFor}, `, elapsed(() => span(d.since, Date.now())), ` of ${span(d.since, d.until)}; then a person is asked`];
  }
  if (!d.task) {
    return 'nothing: it is being done';
  }
  return d.assignee ? `a person: ${who(d.assignee)}` : `a person: one of ${d.deciders.join(', ') || 'those whom the task names'}`;
}

function act(d, me, ways, doing) {
  if (d.fault && !d.fault.attemptsLeft) {
    return me.retries ? [ways.resting.filter(way => way.open(d)).map(way => button(d, way)), d.fault.noDecision]
      : `an operator can ${ways.resting.filter(way => way.open(d)).map(way => way.told).join(', or ')}`;
  }
  const task = d.task && mine(d, me)
    ? h('a', { 'data-key': d.task, href: `/camunda/app/tasklist/default/#/?task=${d.task}` }, `Open the task "${d.step}"`) : '';
  return ways.withdrawal.open(d, me, doing) ? [task, button(d, ways.withdrawal)] : task;
}

/** A link only for whom the task would answer: who holds it, or one of those it asks. */
function mine(d, me) {
  return me.tasks && (d.assignee ? d.assignee === me.id : d.deciders.some(group => me.groups.includes(group)));
}

/** What an operator can do about a step that rests: have it tried once more, or be asked how to go on; and what a requester can. */
const waysOn = (change, told) => {
  const way = given => ({ ...given, go: d => go(d, given, told) });
  const job = d => `changes/${change.id}/retries/${d.fault.job}`;
  return {
    resting: [
      way({ label: 'Try again', told: 'have it tried again', done: 'is tried again.', open: () => true, to: job, send: ask }),
      way({ label: 'Decide what to do', told: 'decide what to do', done: 'is a task now: decide how to go on.',
        open: d => d.fault.noDecision === null, to: d => `${job(d)}/decision`, send: ask })
    ],
    // Before its approval a change has written nothing, and nothing but the approval goes on.
    withdrawal: way({ label: 'Withdraw', done: 'is asked no more: the change was withdrawn.',
      sure: 'Withdraw this change? It ends, and nothing was changed. To have it after all, ask for it again.',
      open: (d, me, doing) => d.process === 'prepare-change' && change.requester === me.id && doing.every(each => each.task),
      to: () => `changes/${change.id}/withdrawal`, send: path => askWith(path, {}) })
  };
};

function button(d, way) {
  const label = `${way.label}: ${d.step}${d.cluster ? ' in ' + d.cluster : ''}`;
  // Not disabled while it is at work: that would take the focus from it.
  return h('button', { type: 'button', class: 'ms-act', 'data-key': way.to(d), 'aria-label': label, onclick: async event => {
    const pressed = event.currentTarget;
    if (pressed.ariaBusy !== 'true') {
      pressed.ariaBusy = 'true';
      await way.go(d);
      pressed.ariaBusy = null;
    }
  } }, way.label);
}

async function go(d, way, told) {
  if (way.sure && !confirm(way.sure)) {
    return;
  }
  try {
    await way.send(way.to(d));
    told.textContent = `"${d.step}" ${way.done}`;
    told.refused = false;
  } catch (problem) {
    told.textContent = problem.message;
    told.refused = true;
  }
}

function elapsed(words) {
  const node = h('span', { class: 'ms-elapsed' }, words());
  node.run = () => { node.textContent = words(); };
  return node;
}
