// What a reader keeps in this browser. Nothing here asks the network.
export const stored = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key) || "null");
  } catch {
    return null;
  }
};

export const store = (key, value) => {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
};

export const forget = (key) => {
  try { localStorage.removeItem(key); } catch { /* nothing was kept */ }
};

export const say = (place, what) => { place.textContent = place.dataset[what] || ""; };
