// Forenames and surnames by culture, commonest first. Common names of the country, put together by chance: nobody in particular.

const list = (text: string): string[] => text.split(" ");

interface NameLists {
  girls: string[];
  boys: string[];
  surnames: string[];
}

const BRITISH: NameLists = {
  girls: list(
    "Olivia Amelia Isla Ava Ivy Freya Lily Florence Mia Willow Rosie Sophia Isabella Grace Daisy Evie Elsie Poppy Evelyn Ella " +
      "Charlotte Phoebe Sienna Emily Harper Millie Matilda Maisie Eliza Ruby Alice Chloe Jessica Lottie Imogen Thea Bonnie Erin " +
      "Darcie Robyn Lucy Molly Holly Eleanor Abigail Zara Heidi Summer Lacey Skye Amber Faith Megan Georgia Bethany Katie Lauren " +
      "Hannah Nancy Violet Margot Orla Beatrice Edith Penelope Scarlett Martha Iris",
  ),
  boys: list(
    "Oliver George Noah Arthur Harry Leo Jack Charlie Oscar Henry Archie Theodore Freddie Thomas Alfie Jacob William Theo Joshua " +
      "James Finley Lucas Isaac Logan Edward Max Teddy Ethan Alexander Mason Harrison Daniel Sebastian Reggie Tommy Joseph Louie " +
      "Hunter Rory Elliot Jude Toby Albert Samuel Benjamin Jenson Dylan Luca Ronnie Riley Frankie Ralph Stanley Kai Jayden Kayden " +
      "Callum Liam Nathan Connor Jake Owen Luke Matthew Ryan Zachary Dexter Felix",
  ),
  surnames: list(
    "Smith Jones Taylor Brown Williams Wilson Johnson Davies Patterson Wright Walker White Green Hall Thompson Hughes Edwards " +
      "Wood Harris Lewis Martin Jackson Clarke Turner Hill Cooper Ward Moore Morris King Watson Baker Harrison Morgan Young Allen " +
      "Mitchell Phillips Lee Bell Parker Davis Bennett Cook Shaw Richardson Carter Collins Marshall Bailey Gray Cox Adams Wilkinson " +
      "Foster Chapman Mason Russell Powell Webb Rogers Hunt Mills Holmes Palmer Matthews Gibson Fisher Barnes Knight Lloyd Butler " +
      "Price Barker Stevens Jenkins Hartley Pearson Dixon Fletcher Lawson Ashworth Butterworth Schofield Greenwood Kershaw Buckley " +
      "Whitehead Ogden Mellor Lees Crompton Taylforth Heywood Wrigley Bardsley Garside Rowbottom Chadderton Clegg Stott Wolstenholme " +
      "Hanscombe Pargeter Quarterman Wickson Treadwell Honeybourne Massingham Lovegrove Eeles Stonebridge",
  ),
};

const PAKISTANI: NameLists = {
  girls: list(
    "Aisha Fatima Zainab Maryam Hafsa Khadija Iqra Amina Sana Hira Laiba Noor Zara Mahnoor Sumaiya Inaya Alina Rabia Saima Nadia",
  ),
  boys: list(
    "Muhammad Mohammed Ibrahim Yusuf Hamza Ali Bilal Umar Haroon Zayn Ahmed Hassan Hussain Adam Musa Danyal Imran Faisal Tariq Usman",
  ),
  surnames: list(
    "Khan Hussain Ahmed Iqbal Mahmood Malik Akhtar Shah Mirza Butt Raja Chaudhry Qureshi Rehman Nawaz Aslam Rashid Saleem Yaqoob Zaman",
  ),
};

const BANGLADESHI: NameLists = {
  girls: list(
    "Fatiha Nusrat Sadia Tasnim Rumana Shahida Farhana Anika Maliha Tahmina Sabina Jannat Nazia Halima Ruksana Mim Ayesha Samia",
  ),
  boys: list(
    "Mohammed Abdul Rahim Tahmid Sajid Nayeem Rafi Shafiq Kamal Jubair Arif Tanvir Mahfuz Habib Ismail Sami Yahya Zakir",
  ),
  surnames: list(
    "Miah Uddin Rahman Islam Ali Hussain Ahmed Choudhury Hoque Alam Khan Khatun Sarkar Talukdar Haque Chowdhury",
  ),
};

const INDIAN: NameLists = {
  girls: list(
    "Ananya Priya Diya Aanya Meera Kavya Riya Saanvi Jasleen Simran Harpreet Gurleen Isha Pooja Neha Anjali Navya Tara",
  ),
  boys: list(
    "Arjun Aarav Vihaan Rohan Dev Krish Aryan Ishaan Jaspreet Harjit Gurpreet Karan Nikhil Rahul Veer Sai Advik Kabir",
  ),
  surnames: list(
    "Patel Singh Sharma Shah Gill Kumar Mehta Desai Joshi Sandhu Dhillon Nair Menon Reddy Thomas Varghese Kapoor Rao Iyer Chauhan",
  ),
};

const NIGERIAN: NameLists = {
  girls: list(
    "Adaeze Chidinma Folake Temitope Ngozi Ifeoma Oluwaseun Blessing Favour Zainab Esther Deborah Amarachi Simisola Ebunoluwa Morenike",
  ),
  boys: list(
    "Oluwatobi Chukwuemeka Emeka Tobi Ayomide Daniel Samuel David Ifeanyi Babatunde Kelechi Olamide Obinna Joshua Chidi Femi",
  ),
  surnames: list(
    "Okafor Adeyemi Okonkwo Balogun Eze Adebayo Ogunleye Nwosu Ibrahim Obi Adewale Chukwu Olawale Akintola Onyeka Danjuma Bello Udoh",
  ),
};

const SOMALI: NameLists = {
  girls: list("Hodan Amina Ifrah Sagal Hamdi Ayaan Fardowsa Nasra Sahra Khadra Ubah Deqa Maryan Asha Halimo Zamzam"),
  boys: list(
    "Abdirahman Mohamed Abdullahi Ahmed Hassan Abdi Yusuf Omar Ismail Liban Mahad Zakariya Guled Bile Hussein Ibrahim",
  ),
  surnames: list(
    "Mohamed Ali Hassan Abdi Ahmed Omar Yusuf Warsame Farah Jama Ismail Hussein Aden Nur Osman Elmi Duale Hersi",
  ),
};

const POLISH: NameLists = {
  girls: list(
    "Zuzanna Julia Zofia Maja Hanna Lena Oliwia Maria Amelia Natalia Aleksandra Wiktoria Nikola Magdalena Agnieszka Katarzyna",
  ),
  boys: list(
    "Antoni Jakub Jan Szymon Filip Aleksander Franciszek Mikołaj Kacper Wojciech Piotr Tomasz Marcin Krzysztof Oskar Bartosz",
  ),
  surnames: list(
    "Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski Mazur Jankowski Krawczyk",
  ),
};

const ROMANIAN: NameLists = {
  girls: list("Maria Andreea Ioana Elena Sofia Alexandra Gabriela Daria Bianca Denisa Florina Larisa Roxana Ștefania"),
  boys: list("Andrei David Alexandru Gabriel Mihai Ionuț Ștefan Cristian Luca Matei Darius Marius Florin Răzvan"),
  surnames: list(
    "Popescu Ionescu Popa Radu Dumitru Stan Stoica Gheorghe Matei Ciobanu Rusu Munteanu Lupu Marin Constantin Lăcătuș",
  ),
};

const CHINESE: NameLists = {
  girls: list("Yuxin Jiayi Xinyi Zihan Meiling Wing-Yan Hoi-Ching Siu-Ying Yifei Lan Ka-Yan Rui"),
  boys: list("Haoran Zixuan Yichen Junjie Wei Chun-Hei Ka-Ho Tsz-Him Ming Lok-Yin Bowen Tao"),
  surnames: list("Wang Li Zhang Liu Chen Wong Chan Leung Lam Cheung Ng Ho Yang Huang Zhao Lin"),
};

const ARABIC: NameLists = {
  girls: list("Maryam Layla Nour Fatima Yasmin Salma Huda Rania Zeinab Hala Aya Sara Amal Dima Rasha Malak"),
  boys: list("Mohamed Ahmad Omar Yousef Khalid Mustafa Karim Ali Hassan Tariq Bashar Samir Ziad Anas Faris Hamid"),
  surnames: list(
    "al-Hassan al-Masri Haddad al-Ahmad Mansour Khalil Saleh Hamdan al-Khatib Nasser Darwish Abdallah Ibrahim el-Sayed Najjar Shaheen",
  ),
};

const CARIBBEAN: NameLists = {
  girls: list("Aaliyah Shanice Kezia Naomi Jada Amara Tiana Imani Renee Kiara Leah Destiny Zaria Chantelle"),
  boys: list("Jayden Malachi Tyrone Isaiah Elijah Marlon Jaden Kymani Nathaniel Andre Dante Micah Tyrell Josiah"),
  surnames: list(
    "Campbell Brown Williams Clarke Francis Gordon Reid Morgan Samuels Bailey Grant Powell Richards Edwards Blake Henry Joseph Lewin",
  ),
};

const IRISH: NameLists = {
  girls: list("Aoife Niamh Siobhán Caoimhe Saoirse Ciara Róisín Clodagh Fiadh Sinéad Gráinne Orlaith Éabha Bríd"),
  boys: list("Oisín Cian Conor Fionn Darragh Patrick Seán Tadhg Ciarán Eoin Rory Declan Donnacha Cillian"),
  surnames: list(
    "O'Brien Murphy Kelly O'Sullivan Walsh McCarthy Byrne O'Connor Doherty O'Neill Gallagher McLaughlin Quinn Ward McDonagh Connors",
  ),
};

const AFGHAN: NameLists = {
  girls: list("Zahra Parwana Shabnam Freshta Laila Nargis Soraya Mina"),
  boys: list("Ahmad Farhad Mirwais Najibullah Zabihullah Esmatullah Rahmatullah Jawad Omid Samiullah Yonas Filmon"),
  surnames: list("Ahmadi Noori Rahimi Stanekzai Zazai Amiri Hotak Safi Sultani Tesfay Haile Mohammadi"),
};

export const NAME_LISTS = {
  BRITISH,
  PAKISTANI,
  BANGLADESHI,
  INDIAN,
  NIGERIAN,
  SOMALI,
  POLISH,
  ROMANIAN,
  CHINESE,
  ARABIC,
  CARIBBEAN,
  IRISH,
  AFGHAN,
} as const;
export type Culture = keyof typeof NAME_LISTS;
