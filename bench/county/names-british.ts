// Names as they are given in Britain, commonest first, for the synthetic county. Put together by chance they are nobody in particular.

const list = (text: string): readonly string[] => text.trim().split(/\s+/);

export const GIRLS = list(`
Olivia Amelia Isla Ava Lily Ivy Freya Florence Isabella Mia Poppy Ella Grace Evie Emily Sophia Willow Daisy Sienna Elsie
Charlotte Rosie Phoebe Sofia Harper Matilda Evelyn Ruby Maisie Alice Millie Ada Isabelle Luna Chloe Aria Esme Penelope Ellie
Jessica Sophie Mila Layla Maya Eliza Eva Lottie Eleanor Violet Bonnie Erin Thea Molly Emma Robyn Scarlett Lucy Holly Zara
Imogen Hannah Darcie Summer Lola Orla Delilah Aurora Beatrice Amber Ayla Margot Nancy Edith Bella Hallie Gracie Abigail Heidi
Lilly Anna Martha Rose Megan Skye Georgia Amelie Jasmine Lyra Iris Arabella Maggie Clara Elizabeth Annabelle Faith Lacey Eden
Ophelia Nora Olive Hope Maria Mabel Edie Lara Katie Sara Seraphina Julia Lydia Myla Lexi Leah Francesca Niamh Zoe Rebecca Tilly
Victoria Madison Lauren Annie Ottilie Niah Anaya Harriet Rosa Elodie Felicity Gabriella Kayla Pippa Dolly Betsy Alba Maddison
Naomi Savannah Cora Connie Libby Eloise Winnie Bethany Darcey Paige Alexandra Caitlin Amy Ruth Hazel Ellen Nina Nell Astrid
Lillian Clementine Marnie Frankie Autumn Paisley Ariana Rae Juno Sadie Elena Evelina Ottie Stella Tabitha Flora Emilia Miriam
Kitty Constance Josephine Caroline Anastasia Alexa Skyla Everly Blossom Primrose Meadow Saffron Jorgie Kiera Courtney Shannon
Jade Chelsea Leila Danielle Nicole Natasha Mollie Abbie Lexie Ellis Tia Tegan Demi Kacey Keira Aimee Rachel Sarah Laura Louisa
Carys Seren Ffion Cerys Mali Catrin Elin Bronwyn Isobel Eilidh Ailsa Mhairi Catriona Rowan Heather Beth Alicia Honey Dora
Cecily Agnes Peggy Vera Marigold Camilla Rosalind Cordelia Henrietta Jemima Verity Prudence Saskia Ingrid Greta Freida Romilly
`);

export const BOYS = list(`
Noah Oliver George Arthur Leo Harry Jack Charlie Oscar Jacob Henry Freddie Theodore Alfie Archie Thomas Theo Lucas William Luca
Joshua Isaac James Alexander Edward Finley Logan Max Mason Ethan Harrison Arlo Teddy Adam Daniel Joseph Benjamin Louie Samuel
Sebastian Roman Reuben Ezra Hunter Rory Tommy Jude Elijah Reggie Albie Albert Toby Frederick David Elliot Hugo Jaxon Ellis
Bobby Ronnie Carter Dylan Felix Milo Stanley Riley Jasper Grayson Gabriel Rowan Louis Liam Jesse Ralph Finn Frankie Sonny
Rupert Zachary Jenson Nathan Matthew Blake Kai Otis Michael Jackson Caleb Zac Luke Austin Chester Tobias Myles Ollie Dexter
Otto Jayden Kayden Alex Nathaniel Barney Sullivan Robin Ryan Connor Aaron Cameron Owen Callum Kian Cole Tyler Leon Jamie Ben
Robert John Peter Stephen Lewis Bradley Harvey Jake Joel Christopher Dominic Patrick Francis Evan Rhys Dylon Iwan Osian Macsen
Gethin Emrys Ioan Angus Hamish Fraser Fergus Lachlan Struan Callan Gregor Euan Finlay Murray Duncan Malcolm Alasdair Kenzie Brodie
Corey Kyle Jordan Kieran Declan Brandon Ashton Reece Zane Casey Spencer Monty Wilfred Ernest Percy Cecil Rafe Kit Digby Monty
Sidney Ernie Vincent Herbie Ted Bertie Clark Wesley Nico Hector Ivor Laurie Barnaby Gus Cassius Xavier Rex Axel Bodhi Ace Koa
Phoenix River Wilder Atlas Orson August Caspian Lenny Kobi Kaiden Aiden Jaden Brody Hudson Parker Cooper Tate Maverick Miles
Abel Silas Jonah Micah Seth Levi Eli Enoch Moses Ivan Marcus Anthony Paul Mark Andrew Philip Simon Timothy Martin Edmund
Rafferty Bear Ocean Fox Ripley Hendrix Lennon Marley Presley Jagger Bowie Conrad Hugh Giles Piers Crispin Jolyon Ivo Ludo
`);

export const WOMEN = list(`
Sarah Emma Claire Laura Rebecca Gemma Rachel Kelly Victoria Katherine Lisa Nicola Michelle Samantha Louise Jennifer Helen Amy
Charlotte Stephanie Natalie Hayley Danielle Karen Joanne Leanne Hannah Donna Zoe Kerry Lucy Stacey Natasha Julie Tracey Jessica
Angela Susan Kirsty Melissa Lauren Catherine Andrea Elizabeth Carly Jane Heather Vicky Cheryl Naomi Sharon Jodie Katie Paula
Lindsay Alison Tanya Jenna Marie Deborah Amanda Dawn Kate Anna Sally Maria Sophie Chloe Amber Toni Gillian Kimberley Abigail
Suzanne Ruth Holly Charlene Julia Wendy Tara Jacqueline Kayleigh Mandy Beverley Lorraine Francesca Roxanne Georgina Siobhan
Anne Mary Diane Tina Yvonne Sandra Rosemary Bernadette Caroline Christine Frances Martine Bridget Lynsey Philippa Bryony
`);

export const MEN = list(`
David James Paul Andrew Christopher Mark Michael Daniel Stephen Matthew Richard Robert John Lee Jason Simon Thomas Craig Anthony
Ian Darren Peter Scott Adam Gary Martin Steven Neil Benjamin Kevin Stuart Jonathan Ryan Philip Nicholas Gareth Carl Luke Wayne
William Dean Shaun Alan Marc Joseph Barry Samuel Timothy Ross Graham Nathan Sean Edward Alexander Joshua Jamie Colin Keith Aaron
Liam Ashley Gavin Karl Duncan Damien Damian Robin Graeme Terry Lewis Patrick Nigel Glen Russell Ricky Brett Dale Antony Leon
Clive Trevor Derek Raymond Roger Dennis Kenneth Donald Douglas Malcolm Howard Vincent Gerald Leslie Norman Stanley Dominic Jody
Kristian Lloyd Rhys Kieran Callum Brendan Gordon Hugh Ivan Julian Justin Marcus Max Miles Oliver Owen Rory Spencer Toby Warren
`);

export const SURNAMES = list(`
Smith Jones Williams Taylor Brown Davies Evans Wilson Thomas Johnson Roberts Robinson Thompson Wright Walker White Edwards Hughes
Green Hall Lewis Harris Clarke Jackson Wood Turner Martin Cooper Hill Ward Morris Moore Clark Lee King Baker Harrison Morgan
Allen James Scott Phillips Watson Davis Parker Price Bennett Young Griffiths Mitchell Kelly Cook Carter Richardson Bailey Collins
Bell Shaw Murphy Miller Cox Richards Khan Marshall Anderson Simpson Ellis Adams Singh Begum Wilkinson Foster Chapman Powell Webb
Rogers Gray Mason Ali Hunt Hussain Campbell Matthews Owen Palmer Holmes Mills Barnes Knight Lloyd Butler Russell Barker Fisher
Stevens Jenkins Murray Dixon Harvey Graham Pearson Ahmed Fletcher Walsh Kaur Gibson Howard Andrews Stewart Elliott Reynolds
Saunders Payne Fox Ford Pearce Day Brooks West Lawrence Cole Atkinson Bradley Spencer Gill Dawson Watts Burton Rose Dean Wells
Perry Stone Cunningham Barrett Ball Grant Wallace Hart Booth Hudson Newman Francis Gardner Hawkins Burns Armstrong Hamilton
Rees Webster Nicholson Woods Berry Carr Hayes Macdonald Andrew Porter Lane Parsons Hopkins Osborne Freeman Riley Bird Jordan
Chambers Burgess Harding Lowe Nicholls Lynch Bishop Kennedy Warren Gordon Wheeler Austin Perkins Hewitt Reid Bates Gregory Walters
Henderson Hardy Curtis Harper Cross Sutton Holland Jennings Kerr Ferguson Cooke Duncan Bryant Sharp Alexander Page Slater Coleman
Willis Moss Peters Nash Potter Fuller Miles Pritchard Gibbons Byrne Bond Goodwin Frost Hutchinson Buckley Norris Howell Nicholas
Higgins Woodward Lamb Blake Field Hammond Hill Manning Fowler Tucker Benson Wade Yates Summers Parry Read Naylor Barlow Bull
Baxter Dale Thornton Ryan Sanders Lawson Humphreys Bowen Goddard Marsh Daniels Owens Coates Whitehead Carpenter Abbott Long Douglas
Weston Norton Rhodes Vaughan Steele Leonard Flynn Kemp Vincent Wyatt Sykes Doyle Wong Hancock Barton Stephenson Savage Preston
Hobbs Hilton Conway Haynes Schofield Middleton Tyler Bartlett Glover Cartwright Potts Welch Frith Farmer Leach Clements Franklin
Pollard Charlton Stephens Gallagher Lord Whittaker Gould Parkin Chamberlain Sheppard Swift Crawford Bolton Garner Faulkner Davidson
Kirk Kent French Tomlinson Norman Metcalfe Horton Winter Wall Fleming Herbert Akhtar Power Stokes Bright Simmons Hurst Pugh Lucas
Hodgson Dickinson Mann Bentley Wilkins Chadwick Poole Cameron Connor Perrin Ingram Rowe Finch Crossley Dyer Bradshaw Kirby Hooper
Rowley Rawlings Heath Skinner Bourne Marsden Beaumont Stubbs Iqbal Ashton Cullen Gilbert Cannon Rahman Mellor Hartley Okeeffe
`);

const FRONTS = list(`
Ash Thorn Hart Brad Whit Wool Lang Mar Had Hol Bur Stan Shel Wake Hamp Win Crow Red Black Green Oak Elm Haw Birch Hazel Ald Brom
Cald Chad Clay Cop Cran Dal Dun Earn East West Nor Sut Far Fen Gar Gold Hal Heath Hex Ing Lin Lock Mel Mid Moor New Os Pen Pres
Quen Rad Ray Rock Row Sil Stock Swin Tat Tun Wad Wal Wat Wen Wych Bex Cul Dod Ever Frams Grim Hather Ick Kel Lub
`);
const BACKS = list(`
ley ton worth field well bury ford ham wick shaw croft combe bridge dale by low cote more gate stead
`);

/** Surnames from places: each rare, together a third of all, as in life. Every second of those that can be made. */
export const PLACE_SURNAMES = FRONTS.flatMap((front, n) =>
  BACKS.flatMap((back, m) => ((n * 7 + m * 3) % 2 === 0 ? [front + back] : [])),
);
