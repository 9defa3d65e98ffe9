// The stream of changes, and whether there is a connection at all.

const PAUSES = [500, 1000, 2000, 4000, 8000];

/**
 * Listens to /sim/events for ever. `onBack` also runs on the first connection: whatever happened
 * while nobody listened has to be read anew.
 */
export function listen({ onEvent, onLost, onBack }) {
  let source = null;
  let failures = 0;
  let timer = 0;

  function connect() {
    clearTimeout(timer);
    source?.close();
    source = new EventSource("/sim/events");
    source.onopen = () => {
      failures = 0;
      onBack();
    };
    source.onmessage = ({ data }) => onEvent(JSON.parse(data));
    // The browser gives up for good on an HTTP error (a proxy, a restart), so we retry ourselves.
    source.onerror = lost;
  }

  function lost() {
    source.close();
    onLost();
    clearTimeout(timer);
    timer = setTimeout(connect, PAUSES[Math.min(failures, PAUSES.length - 1)]);
    failures += 1;
  }

  window.addEventListener("online", connect);
  connect();
  return { suspect: lost };
}

/**
 * Runs `task`, never twice at once; calls that come meanwhile lead to one more run. A burst of
 * events costs two requests then, and answers cannot overtake each other.
 */
export function coalesce(task) {
  let running = null;
  let again = false;
  return function run() {
    again = true;
    running ??= (async () => {
      try {
        while (again) {
          again = false;
          await task();
        }
      } finally {
        running = null;
      }
    })();
    return running;
  };
}
