// Links that were sent: each must open as long as this program does. Never edited; a new version of links adds its own.

interface Sent {
  readonly link: string;
  /** Of the first record: its hash, and the last loss of its curve. */
  readonly print: number;
  readonly loss: number;
}

export const frozen: Readonly<Record<string, Sent>> = {
  'a figure that was not finished': {
    link: '1.dzhsnwAAANdDmaIoOzDqBiWNiajkxQcPe2DcvvbNYBibXKWNx4GyFZm2-e4A4SmaEHjzWLt0nLjTJV_voJWsr7dnpPWxiIHxWM-9LxJGQYxyFPpXywkD00hzPDYwbyXZmUoPrRCcsHI3YAP_lEE4mzYVykj0QM2VR09WWXWCtPij543WDgb3qgD3aJ9Zaalsmf2sarFeCiEQxfwI5VSk7OWZJP7VTayWiBZySdP6dTETzTzi1KHt-anrP7VX2jMK3jttBxvYquuLKOVJlVRCsuf2_GWHhbSu-YEMOmzVQg',
    print: 3308662383,
    loss: 1.924,
  },
  "an experiment of one's own": {
    link: '1.6_Pw2wAAAKpDmSF2agcyQCStAfR8-PTcYUOTCsQgjwL6uwSLJ_sKay-dAZDbsqHQTm5UNTEqN7KY6A4Ll6HeDiIuAfLLz_FndMg2hnz_y7WBWAC-4EAm_POWKd3QiW8YIpdMOerXFZogsnDn_Ob8OMKXnPHsgY3o8vnQhU8HUdHrEyiLCP0bgrdRF6C4UK7E7gZtTw_T_Lt2hAtUt-wKLTIbdAwJfbPwvQ1TagnDTgHX6g',
    print: 2085990568,
    loss: 1.896,
  },
};

/** Three arms of the strong shift: stay at the floor, re-warm, re-warm with 25 % replay; size S, 3 seeds, half the tokens. */
export const frozenRecipe = '1.DB4k7gAAAAqMGSkjUfcXd5IG';
